"""The registry's corruption as it was first noticed: what, when, and who may have done it; kept in the journal."""

import json
import sqlite3
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from commands.ops import events
from commands.ops.events import Event
from commands.ops.integrity.suspects import Suspect
from commands.ops.integrity.trouble import Trouble

SUBJECT = "dedupe"  # the line that shows the registry as it stands
Kind = Literal["alert", "worse", "recovered"]
TOLD: tuple[Kind, ...] = ("alert", "worse", "recovered")


@dataclass(frozen=True, slots=True)
class Corruption:
    """One thing that was noticed.

    at: when it was noticed; since: when the registry was last looked at and was whole, None where that is not known.
    counts: sites (lines, of `torn`) by kind of damage. whole_sites: how many sites it had when it was whole, 0 where
    that is not known. problem: why it could not be read. suspects: who had it open for writing at that moment, and who
    was at work.
    """

    at: datetime
    since: datetime | None
    counts: tuple[tuple[str, int], ...]
    tier: str
    whole_sites: int
    problem: str
    suspects: tuple[Suspect, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of damage."""
        return frozenset(kind for kind, _ in self.counts)

    @property
    def writers(self) -> tuple[Suspect, ...]:
        """Those that had the registry, its lock or its successor open for writing."""
        return tuple(one for one in self.suspects if one.opened)


def noticed(
    at: datetime, since: datetime | None, trouble: Trouble, whole_sites: int, suspects: tuple[Suspect, ...]
) -> Corruption:
    """What a look at the registry has found."""
    return Corruption(at, since, trouble.counts, trouble.tier, whole_sites, trouble.problem, suspects)


def tell(transaction: sqlite3.Connection, at: datetime, kind: Kind, found: Corruption | None) -> None:
    """Write an event that the channel is told of, in an open transaction; `recovered` needs nothing found."""
    data = {"found": json.dumps(asdict(found), default=datetime.isoformat)} if found else {}
    events.append(transaction, at, SUBJECT, kind, data)


def standing(connection: sqlite3.Connection) -> Corruption | None:
    """What was told last and is not over: the same as `first`, or what it has got worse to."""
    told = events.newest(connection, SUBJECT, TOLD)
    return of_event(told) if told and told.kind != "recovered" else None


def first(connection: sqlite3.Connection) -> Corruption | None:
    """How the corruption that stands was first noticed; who did it is to be found there. None where none stands."""
    if standing(connection) is None:
        return None
    told = events.newest(connection, SUBJECT, ("alert",))
    return of_event(told) if told else None


def of_event(event: Event) -> Corruption | None:
    """What an event tells; None where it tells of none."""
    text = event.data.get("found")
    if not isinstance(text, str):
        return None
    kept = json.loads(text)
    return Corruption(
        at=datetime.fromisoformat(kept["at"]),
        since=datetime.fromisoformat(kept["since"]) if kept["since"] else None,
        counts=tuple((kind, number) for kind, number in kept["counts"]),
        tier=kept["tier"],
        whole_sites=kept["whole_sites"],
        problem=kept["problem"],
        suspects=tuple(Suspect(**one) for one in kept["suspects"]),
    )
