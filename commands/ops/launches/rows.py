"""The rows that a launch is for: unfinished sites without an agent, of a wave or by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from commands.ops.errors import NotReadable, Refusal
from commands.ops.house import House
from commands.ops.launches.relaunch import Launch, Wanted, starts_from
from commands.ops.registry.registry import Registry
from commands.ops.registry.rows import Row
from commands.ops.registry.sites import existing, listed, select, single
from commands.ops.waves.occupancy import Occupancy


@dataclass(frozen=True, slots=True)
class Chosen:
    """rows: what is relaunched. kept: sites in work that keep their agents. twice: of `rows`, those with an agent."""

    rows: tuple[Row, ...]
    kept: tuple[str, ...]
    twice: tuple[str, ...]


def choose(house: House, table: Registry, wanted: Wanted, launch: Launch, occupancy: Occupancy) -> Chosen:
    """What of a launch's sites can be relaunched now; those that are finished are left out.

    Raises:
        Refusal: a site has an agent, it cannot be told whether one has, or one has two rows.
        WrongUsage: there is no such site in the batch.
        NotReadable: the agents cannot be read.
    """
    rows = (
        existing(table, wanted.batch, launch.sites)
        if launch.wave is None
        else select(table, batch=wanted.batch, wave=launch.wave)
    )
    letters = starts_from(house.settings.ladder, wanted.task)
    open_rows = [row for row in rows if row.status in letters]
    meant = {row.domain for row in open_rows}
    single([row for row in table.rows if row.domain in meant])  # its other row may say that it is built
    if launch.wave is not None and occupancy.wave(launch.wave).agents is None:
        raise NotReadable(
            "The agents cannot be read, so it is not known which sites have one; nothing can be relaunched."
        )
    standing = {row.domain: _standing(row, wanted, launch, occupancy) for row in open_rows}
    busy = [site for site, one in standing.items() if one == "busy"]
    unclear = [site for site, one in standing.items() if one == "unclear"]
    if wanted.insist:
        return Chosen(tuple(open_rows), (), (*busy, *unclear))
    if unclear:
        raise Refusal(_cannot_tell(occupancy, launch, unclear))
    if busy and launch.wave is None:
        raise Refusal(
            f"An agent is at work on {listed(busy)}: a second one would build the same again."
            " Wait for it, or insist with --insist."
        )
    return Chosen(tuple(row for row in open_rows if standing[row.domain] == "free"), tuple(busy), ())


def _standing(row: Row, wanted: Wanted, launch: Launch, occupancy: Occupancy) -> str:
    """A wave's designed sites are for whichever agent takes them first, which the registry's lock decides."""
    if launch.wave is not None and row.status == starts_from(occupancy.house.settings.ladder, wanted.task)[0]:
        return "free"
    return occupancy.of(row)


def _cannot_tell(occupancy: Occupancy, launch: Launch, unclear: Sequence[str]) -> str:
    where = f"wave {launch.wave}" if launch.wave is not None else f"batch {occupancy.batch}"
    found = occupancy.wave(launch.wave) if launch.wave is not None else None
    number = len(found.agents or ()) + len(found.unplaced) if found else len(occupancy.living)
    stop = f"“batch stop wave {launch.wave}”" if launch.wave is not None else "“batch stop”"
    return (
        f"{number} agents of {where} live, and it cannot be told whether one is at work on {listed(unclear)}: a second"
        f" one would build the same again. Wait for them, end them with {stop}, or insist with --insist."
    )
