"""Which batches are complete, and may be archived: every site of theirs finalized, none missing."""

from collections.abc import Iterator
from dataclasses import dataclass

from commands.ops.batches import batches
from commands.ops.errors import NotReadable
from commands.ops.house import House
from commands.ops.registry.registry import Registry


@dataclass(frozen=True, slots=True)
class Complete:
    """A batch whose sites are all finalized, in registry order."""

    batch: str
    sites: tuple[str, ...]


def complete(house: House, table: Registry) -> Iterator[Complete]:
    """The batches that are, in order of their numbers; one whose own file cannot be read is passed over."""
    for batch in table.batches:
        try:
            if not why_not(house, table, batch):
                yield Complete(batch, tuple(table.sites(batch)))
        except NotReadable:
            continue


def why_not(house: House, table: Registry, batch: str) -> str:
    """What is still missing, in words that go after `batch 001 is not complete:`; empty where nothing is.

    Raises:
        NotReadable: the batch's own file, or the index of the archive, is there and cannot be read.
    """
    finalized = house.settings.ladder.finalized
    sites = table.sites(batch)
    if not sites:
        return "it has no sites in the registry"
    opened = [site for site, rows in sites.items() if any(row.status != finalized for row in rows)]
    if opened:
        return f"{len(opened)} of its {len(sites)} sites are not at {finalized}, {opened[0]} for one"
    expected = batches.expected(house.settings, house.machine, batch)
    lost = [site for site in expected.sites if site not in sites and site not in expected.archived]
    if lost:
        return (
            f"{len(lost)} of its {len(expected.sites)} sites are missing from the registry, {lost[0]} for one"
        )
    return ""
