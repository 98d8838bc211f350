"""Rates: sites implemented a minute, now and before, from the changes that the watch wrote down."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from commands.ops.history import samples, transitions
from commands.ops.history.transitions import Transition
from commands.ops.host_settings import Ladder
from commands.ops.house import House

WINDOW = timedelta(minutes=5)
STEP = timedelta(minutes=1)
SHORTEST = timedelta(minutes=1)  # of a window that we say a rate of
FEWEST = 3  # finished sites that make a median
LOOKS = "disk"  # the sample that each look writes


@dataclass(frozen=True, slots=True)
class Rates:
    """Sites a minute. None where no earlier sample says.

    now: over the last `span_seconds`, five minutes or as much of them as was watched. before: over the five minutes
    before the last five. usual: the median over all the five minutes since the first site was done.
    """

    now: float | None
    before: float | None
    usual: float | None
    span_seconds: float | None


@dataclass(frozen=True, slots=True)
class Watched:
    """The time between our first look and our last."""

    first: datetime
    last: datetime


def rates(house: House, batch: str, waves: Collection[int]) -> Rates:
    """The rates of these waves of a batch together; of the whole batch where none is named."""
    connection = house.journal.connection()
    watched = _watched(connection)
    if watched is None:
        return Rates(None, None, None, None)
    now = house.clock.now()
    done = [
        change
        for change in transitions.of_batch(connection, batch, watched.first)
        if is_done(change, house.settings.ladder) and (not waves or change.wave in waves)
    ]
    recent = _span(watched, now - WINDOW, now)
    return Rates(
        now=_rate(done, watched, now - WINDOW, now),
        before=_rate(done, watched, now - 2 * WINDOW, now - WINDOW),
        usual=_usual(done, watched),
        span_seconds=recent.total_seconds() if recent >= SHORTEST else None,
    )


def usual_seconds(changes: Sequence[Transition], ladder: Ladder) -> float | None:
    """The median time that a wave's sites were in progress until they were done; None of fewer than three."""
    taken: dict[str, datetime] = {}
    spent: list[float] = []
    for change in changes:
        if change.status == ladder.in_progress:
            taken[change.site] = change.at
        elif is_done(change, ladder) and change.site in taken:
            spent.append((change.at - taken.pop(change.site)).total_seconds())
    return median(spent) if len(spent) >= FEWEST else None


def is_done(change: Transition, ladder: Ladder) -> bool:
    """Whether a site was implemented by this change; one that came back into the registry so was not."""
    done = (ladder.implemented, ladder.finalized)
    return change.status in done and change.before is not None and change.before not in done


def _watched(connection: sqlite3.Connection) -> Watched | None:
    first, last = samples.first_at(connection, LOOKS), samples.newest(connection, LOOKS)
    return Watched(first, last.at) if first and last else None


def _span(watched: Watched, start: datetime, end: datetime) -> timedelta:
    """How much of a window was watched."""
    return min(end, watched.last) - max(start, watched.first)


def _rate(done: Sequence[Transition], watched: Watched, start: datetime, end: datetime) -> float | None:
    """A change that was seen late (we were away) counts for the share of the gap that lies in the window."""
    span = _span(watched, start, end)
    if span < SHORTEST:
        return None
    start, end = max(start, watched.first), min(end, watched.last)
    return sum(_share(change, start, end) for change in done) / (span / timedelta(minutes=1))


def _share(change: Transition, start: datetime, end: datetime) -> float:
    within = min(change.at, end) - max(change.after, start)
    return max(within / (change.at - change.after), 0.0) if change.at > change.after else 0.0


def _usual(done: Sequence[Transition], watched: Watched) -> float | None:
    if not done:
        return None
    found = [_rate(done, watched, end - WINDOW, end) for end in _ends(done[0].after, watched.last)]
    known = [rate for rate in found if rate is not None]
    return median(known) if known else None


def _ends(first: datetime, last: datetime) -> Iterator[datetime]:
    """The ends of the windows that lie between these times, a minute apart."""
    end = first + WINDOW
    while end <= last:
        yield end
        end += STEP
