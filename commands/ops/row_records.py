"""The registry's lines that a run edited, by site, as the journal keeps them: what a way back goes by."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commands.ops.site_lines import Change, Texts, places_of, text_of


@dataclass(frozen=True, slots=True)
class Placed:
    """A line as it stood: its text, its number from 1, and the text of the nearest line above it that was to stay.

    behind: None where none of those above stayed.
    """

    text: bytes
    line: int
    behind: bytes | None


@dataclass(frozen=True, slots=True)
class Record:
    """One site's lines before an edit, and their texts after it; either may be empty.

    site: its key, as `site_lines.key_of` says. before: those that stayed as they were come first, so that of equal
    lines it is known which one went.
    """

    site: bytes
    before: tuple[Placed, ...]
    after: Texts


@dataclass(frozen=True, slots=True)
class _Sides:
    before: list[Placed]
    after: list[bytes]


def records_of(changes: Sequence[Change], lines: Sequence[bytes]) -> tuple[Record, ...]:
    """What these changes do to these lines of a registry."""
    places = places_of(lines, [change.key for change in changes])
    going = {
        at
        for change in changes
        for at, kept in zip(places[change.key], change.kept, strict=True)
        if kept is None
    }
    return tuple(
        Record(change.key, tuple(_placed(lines, at, going) for at in _in_order(change, places)), change.after)
        for change in changes
    )


def write(transaction: sqlite3.Connection, plan: str, step: int, records: Sequence[Record]) -> None:
    """Keep what a step of a plan's run edited, in an open transaction."""
    rows: list[tuple[object, ...]] = [
        (plan, step, one.site, "before", placed.line, placed.text, placed.behind)
        for one in records
        for placed in one.before
    ]
    rows += [
        (plan, step, one.site, "after", number, text, None)
        for one in records
        for number, text in enumerate(one.after)
    ]
    columns = "plan, step, site, side, line, text, behind"
    transaction.executemany(f"INSERT INTO row_edits ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)  # noqa: S608 - our own text


def of_plan(connection: sqlite3.Connection, plan: str) -> tuple[Record, ...]:
    """What a plan's run edited, each site once: its lines before the first step that did, and after the last."""
    found: dict[bytes, dict[int, _Sides]] = {}
    for row in connection.execute("SELECT * FROM row_edits WHERE plan = ? ORDER BY id", (plan,)):
        sides = found.setdefault(row["site"], {}).setdefault(row["step"], _Sides([], []))
        if row["side"] == "before":
            sides.before.append(Placed(row["text"], row["line"], row["behind"]))
        else:
            sides.after.append(row["text"])
    return tuple(
        Record(site, tuple(steps[min(steps)].before), tuple(steps[max(steps)].after))
        for site, steps in found.items()
    )


def any_of_plan(connection: sqlite3.Connection, plan: str) -> bool:
    """Whether a plan's run edited any."""
    query = "SELECT 1 FROM row_edits WHERE plan = ? LIMIT 1"
    return connection.execute(query, (plan,)).fetchone() is not None


def _in_order(change: Change, places: Mapping[bytes, list[int]]) -> list[int]:
    pairs = zip(places[change.key], change.before, change.kept, strict=True)
    stayed = {at: kept == text for at, text, kept in pairs}
    return sorted(stayed, key=lambda at: not stayed[at])


def _placed(lines: Sequence[bytes], at: int, going: set[int]) -> Placed:
    above = next((other for other in reversed(range(at)) if other not in going), None)
    return Placed(text_of(lines[at]), at + 1, None if above is None else text_of(lines[above]))
