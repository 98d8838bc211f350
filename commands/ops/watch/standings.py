"""Where every site stood at the last look, and what has changed since: kept across a restart."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from commands.ops.history import samples, transitions
from commands.ops.history.transitions import Transition
from commands.ops.registry.registry import Registry

NAME = "registry"  # of the sample that holds every site; transitions lead on from it


@dataclass(frozen=True, slots=True)
class Standing:
    """A site's status and place."""

    status: str
    batch: str
    wave: int | None


Standings = Mapping[str, Standing]


def standings(table: Registry) -> dict[str, Standing]:
    """Every site of a registry once; a doubled one at the lowest of its letters."""
    return {
        site: Standing(table.status_of(rows), rows[0].batch, rows[0].wave)
        for site, rows in table.sites().items()
    }


def changes(before: Standings, now: Standings, after: datetime, at: datetime) -> Iterator[Transition]:
    """What changed between the look `after` and the look `at`, in the registry's order; lost sites last."""
    for site, one in now.items():
        earlier = before.get(site)
        if earlier is None or earlier.status != one.status:
            yield Transition(
                at, after, site, one.batch, one.wave, earlier.status if earlier else None, one.status
            )
    for site, lost in before.items():
        if site not in now:
            yield Transition(at, after, site, lost.batch, lost.wave, lost.status, None)


def keep(transaction: sqlite3.Connection, at: datetime, known: Standings) -> None:
    """Write down every site, in an open transaction; what was kept before is no longer needed."""
    transaction.execute("DELETE FROM samples WHERE name = ?", (NAME,))
    sites = {site: (one.status, one.batch, one.wave) for site, one in known.items()}
    samples.write(transaction, at, NAME, {"sites": sites})


def remembered(connection: sqlite3.Connection) -> dict[str, Standing] | None:
    """Every site as it was last seen: what was kept, and the transitions since; None before the first look."""
    kept = samples.newest(connection, NAME)
    if kept is None:
        return None
    known = {site: Standing(*standing) for site, standing in kept.data["sites"].items()}
    for change in transitions.since(connection, kept.at):
        if change.status is None:
            known.pop(change.site, None)
        else:
            known[change.site] = Standing(change.status, change.batch, change.wave)
    return known
