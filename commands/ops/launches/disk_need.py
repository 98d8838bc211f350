"""How much space a batch will take, from what the sites that are built take, and whether twice that is free."""

from dataclasses import dataclass

from commands.ops import overview
from commands.ops.batches import batches
from commands.ops.disk import usage
from commands.ops.disk.usage import DiskUse
from commands.ops.errors import NotReadable
from commands.ops.house import House
from commands.ops.machine import disks
from commands.ops.registry import registry

TIMES = 2  # what must be free, as a multiple of the need


@dataclass(frozen=True, slots=True)
class Need:
    """What a batch needs. Sizes in bytes; None: there is no site yet to measure by.

    sites: of the batch; built: those that have files already; measured: how many sites the estimate comes from.
    per_site: a site's files, with its share of designs, temp files, cache and logs. start_bytes: what a first launch
    asks for whatever the estimate is (`disk.start_bytes`).
    """

    batch: str
    sites: int
    built: int
    measured: int
    per_site: int | None
    free: int
    start_bytes: int
    use: DiskUse

    @property
    def bytes(self) -> int | None:
        """For the sites that are not built yet."""
        return None if self.per_site is None else self.per_site * (self.sites - self.built)

    @property
    def enough(self) -> bool | None:
        """Whether twice the need is free."""
        return None if self.bytes is None else self.free >= TIMES * self.bytes


def estimate(house: House, batch: str) -> Need:
    """The need of a batch, by name.

    Raises:
        NotReadable: the host cannot be read.
        WrongUsage: there is no such batch.
    """
    settings, machine = house.settings, house.machine
    table = registry.read(settings, machine)
    name = overview.which(house, table, None, batch)
    expected = batches.expected(settings, machine, name)
    sites = set(expected.sites) | set(table.sites(name))
    use = usage.read(settings, machine)
    return Need(
        batch=name,
        sites=len(sites),
        built=sum(1 for site in sites if use.site_bytes(site)),
        measured=len(use.sites),
        per_site=_per_site(house, use),
        free=_free(house),
        start_bytes=settings.disk.start_bytes,
        use=use,
    )


def _per_site(house: House, use: DiskUse) -> int | None:
    if not use.sites:
        return None
    tree = house.settings.tree
    beside = sum(
        use.directories.get(path, 0) for path in {tree.designs, tree.temp, tree.design_cache, tree.logs}
    )
    return (sum(use.sites.values()) + beside) // len(use.sites)


def _free(house: House) -> int:
    path = house.machine.root / house.settings.tree.sites
    try:
        return disks.space_at(path).free_bytes
    except OSError as error:
        raise NotReadable(f"The disk under {path} cannot be read: {error.strerror}.") from None
