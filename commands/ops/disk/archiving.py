"""Archiving a batch: what must be so, and the steps from its directories to a verified archive and the trash."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from commands.ops.batches import archive_index
from commands.ops.disk import archivable, discarding, site_directory
from commands.ops.disk.site_directory import SiteFiles, name_of
from commands.ops.errors import NotReadable, Refusal, WrongUsage
from commands.ops.house import House
from commands.ops.machine import disks
from commands.ops.machine.packing import archives, compressing
from commands.ops.machine.packing.archives import ArchiveError, Packed
from commands.ops.operation import NothingDone
from commands.ops.registry import registry
from commands.ops.sizes import size

RESERVE = 1024**2  # bytes beside what was estimated
MARGIN = 1.2  # files that were not tried may shrink less


@dataclass(frozen=True, slots=True)
class Archivable:
    """A batch that can be archived. archive: below the root. needs: bytes, as estimated from a few of its files.

    without: its sites that have no files.
    """

    batch: str
    archive: str
    sites: tuple[SiteFiles, ...]
    without: tuple[str, ...]
    needs: int
    free: int


def look(house: House, batch: str) -> Archivable:
    """Look at a batch that is to be archived.

    Raises:
        Refusal: it is not complete, agents are at work on it, it is archived, its files cannot be moved, or there is
            no room for the archive.
        NotReadable: the host cannot be read.
        WrongUsage: none of its sites has files.
    """
    table = registry.read(house.settings, house.machine)
    if why := archivable.why_not(house, table, batch):
        raise Refusal(f"Batch {batch} is not complete: {why}. Only a batch that is finalized is archived.")
    domains = tuple(table.sites(batch))
    discarding.nobody_at_work(house, batch, domains)
    archive = _free_name(house, batch)
    sites = house.machine.root / house.settings.tree.sites
    found = {domain: site_directory.read(sites, domain) for domain in domains}
    taken = tuple(one for one in found.values() if one)
    if not taken:
        raise WrongUsage(f"No site of batch {batch} has files: there is nothing to archive.")
    needs, free = _estimated(sites, taken), _space(house, house.settings.tree.archive).free_bytes
    if needs > free:
        raise Refusal(
            f"The archive of batch {batch} needs about {size(needs)}, and {size(free)} are free: clean temp files first."
        )
    discarding.check_trash(house)
    return Archivable(
        batch, archive, taken, tuple(domain for domain in domains if not found[domain]), needs, free
    )


def pack(house: House, archive: str, sites: Sequence[str]) -> Path:
    """Pack the sites beside the archive's real name; returns where.

    Raises:
        NothingDone: it could not be packed; nothing is left of it.
    """
    path = house.machine.root / archive
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)  # of one who was killed in the middle of it
        archives.pack(
            _sites(house), [name_of(site) for site in sites], part, house.settings.limits.archive_seconds
        )
    except (ArchiveError, OSError) as error:
        raise NothingDone(f"Nothing was archived, and nothing was moved: {error}.") from None
    return part


def verify(house: House, part: Path, names: int) -> Packed:
    """Read the archive back, and compare it with the sites.

    Raises:
        NothingDone: it is not what was to be packed; it is removed.
    """
    try:
        read = archives.compare(_sites(house), part, house.settings.limits.archive_seconds)
        if read != names:
            raise ArchiveError(f"it has {read} names, and {names} were to be packed")  # noqa: TRY301 - told as one
        return archives.measured(part)
    except (ArchiveError, OSError) as error:
        part.unlink(missing_ok=True)
        raise NothingDone(f"The archive was removed, and nothing was moved: {error}.") from None


def publish(house: House, part: Path, batch: str) -> None:
    """Give the archive its real name, once the index knows it: killed in between, it is known to be unfinished.

    Raises:
        NothingDone: it could not be named; it is removed, and the batch is not known as archived.
    """
    try:
        archives.publish(part, part.with_name(part.name.removeprefix(".").removesuffix(".part")))
    except OSError as error:
        part.unlink(missing_ok=True)
        archive_index.take_out(house, batch)
        raise NothingDone(f"The archive was removed, and nothing was moved: {error}.") from None


def _free_name(house: House, batch: str) -> str:
    """The archive's path below the root."""
    if entry := archive_index.of_batch(house, batch):
        raise Refusal(f"Batch {batch} is archived already, in {house.settings.tree.archive}/{entry.archive}.")
    archive = f"{house.settings.tree.archive}/Batch_{batch}{archives.ending()}"
    if (house.machine.root / archive).exists():
        raise Refusal(
            f"There is {archive} already, and the index does not know it: look at it, and move it away."
        )
    return archive


def _estimated(sites: Path, taken: Sequence[SiteFiles]) -> int:
    """The archive's size, as a few of the files shrink; their whole size where none could be tried."""
    tried = compressing.tried(sites / name_of(one.domain) for one in taken)
    whole = sum(max(one.bytes, one.size) for one in taken)
    return int(whole * min(1.0, MARGIN * tried.archived if tried else 1.0)) + RESERVE


def _space(house: House, path: str) -> disks.Space:
    try:
        return disks.space_at(house.machine.root / path)
    except OSError as error:
        raise NotReadable(f"The disk under {path} cannot be read: {error.strerror}.") from None


def _sites(house: House) -> Path:
    return house.machine.root / house.settings.tree.sites
