"""How fast space goes, from the watch's samples, and when none will be left."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from commands.ops.history import samples
from commands.ops.history.samples import Sample

LOOKS = "disk"  # the sample that each look of the watch writes
USES = "disk use"  # the sample that a look at the directories writes
SPANS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 360, 1440))
PREFERRED = timedelta(minutes=15)
SHORTEST = timedelta(minutes=1)  # that says anything of a pace
STRETCH = 2  # a sample that is older than so many times its span tells nothing of it


@dataclass(frozen=True, slots=True)
class Pace:
    """How much less was free at the end of a span than at its begin, a minute; below zero where space came back."""

    span_seconds: float
    bytes_per_minute: float


@dataclass(frozen=True, slots=True)
class Grown:
    """What one thing has grown by: a directory's bytes, or the number of sites."""

    what: str
    by: int
    span_seconds: float


@dataclass(frozen=True, slots=True)
class Growth:
    """The paces over several spans, the shortest first, and what they mean for the free space.

    per_minute: over a quarter of an hour, or what comes nearest to it. seconds_to_full: at that pace; soonest, latest:
    at the fastest and the slowest of the paces. None: nobody has watched long enough, or nothing grows.
    """

    paces: tuple[Pace, ...]
    per_minute: float | None
    seconds_to_full: float | None
    soonest: float | None
    latest: float | None


def growth(connection: sqlite3.Connection, now: datetime, free_bytes: int | None) -> Growth:
    """What the samples say of these free bytes now."""
    if free_bytes is None:
        return Growth((), None, None, None, None)
    paces = tuple(_paces(connection, now, free_bytes))
    per_minute = _preferred(paces)
    times = sorted(60 * free_bytes / pace.bytes_per_minute for pace in paces if pace.bytes_per_minute > 0)
    return Growth(
        paces=paces,
        per_minute=per_minute,
        seconds_to_full=60 * free_bytes / per_minute if per_minute and per_minute > 0 else None,
        soonest=times[0] if times else None,
        latest=times[-1] if times else None,
    )


def grown(connection: sqlite3.Connection, now: datetime, directories: dict[str, int]) -> tuple[Grown, ...]:
    """What has grown since the directories were last measured an hour or more ago (or first), the most first."""
    before = _before(connection, USES, now, timedelta(hours=1))
    if before is None or now - before.at > timedelta(days=1):
        return ()
    seconds = (now - before.at).total_seconds()
    told = before.data.get("directories", {})
    changes = [Grown(path, size - told.get(path, 0), seconds) for path, size in directories.items()]
    return tuple(sorted((one for one in changes if one.by > 0), key=lambda one: -one.by))


def remember(transaction: sqlite3.Connection, now: datetime, directories: dict[str, int]) -> None:
    """Keep what was measured, for the next look to compare with."""
    samples.write(transaction, now, USES, {"directories": directories})


def _paces(connection: sqlite3.Connection, now: datetime, free_bytes: int) -> Iterator[Pace]:
    seen: set[datetime] = set()
    for span in SPANS:
        before = _before(connection, LOOKS, now, span)
        if before is None or before.at in seen or before.data.get("free_bytes") is None:
            continue
        passed = now - before.at
        if SHORTEST <= passed <= span * STRETCH:
            seen.add(before.at)
            gone = int(before.data["free_bytes"]) - free_bytes
            yield Pace(passed.total_seconds(), gone / (passed / timedelta(minutes=1)))


def _before(connection: sqlite3.Connection, name: str, now: datetime, span: timedelta) -> Sample | None:
    """The last sample from before the span; the first one of all where there is none that old."""
    if found := samples.newest(connection, name, now - span):
        return found
    first = samples.first_at(connection, name)
    return samples.newest(connection, name, first) if first and now - first >= SHORTEST else None


def _preferred(paces: tuple[Pace, ...]) -> float | None:
    wanted = PREFERRED.total_seconds()
    nearest = min(paces, key=lambda pace: abs(pace.span_seconds - wanted), default=None)
    return nearest.bytes_per_minute if nearest else None
