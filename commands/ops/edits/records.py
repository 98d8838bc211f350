"""The registry's lines that a run edited, by site, as the journal keeps them: what a way back goes by."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from commands.ops.edits.lines import Change, Texts, places_of, state, text_of


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one line of a site.

    before: None where it is new. after: None where it went. line: its number before, from 1; of a new one 0.
    behind: the text, after the edit, of the nearest line above that stayed; None where there is none. near: the number
    of that line after the edit.
    """

    before: bytes | None
    after: bytes | None
    line: int = 0
    behind: bytes | None = None
    near: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """All lines of one site that a run edited, those that it left as they were among them.

    site: its key, as `lines.key_of` says.
    """

    site: bytes
    lines: tuple[Line, ...]

    @property
    def before(self) -> Texts:
        """Its state before, for comparing."""
        return state(line.before for line in self.lines if line.before is not None)

    @property
    def after(self) -> Texts:
        """Its state after, for comparing."""
        return state(line.after for line in self.lines if line.after is not None)


def records_of(changes: Sequence[Change], lines: Sequence[bytes]) -> tuple[Record, ...]:
    """What these changes do to these lines of a registry."""
    places = places_of(lines, [change.key for change in changes])
    becomes = {
        at: kept for change in changes for at, kept in zip(places[change.key], change.kept, strict=True)
    }
    above = _Above(lines, becomes)
    return tuple(
        Record(
            change.key,
            (
                *(above.line(at) for at in places[change.key]),
                *(Line(None, new.text) for new in change.added),
            ),
        )
        for change in changes
    )


@dataclass(slots=True)
class _Above:
    """Where the lines that go come from: each behind one that stays."""

    lines: Sequence[bytes]
    becomes: Mapping[int, bytes | None]

    def line(self, at: int) -> Line:
        text, after = text_of(self.lines[at]), self.becomes[at]
        if after is not None:
            return Line(text, after, at + 1)
        stays = next((other for other in reversed(range(at)) if self._after(other) is not None), None)
        if stays is None:
            return Line(text, None, at + 1)
        gone = sum(self._after(other) is None for other in self.becomes if other < stays)
        return Line(text, None, at + 1, self._after(stays), stays + 1 - gone)

    def _after(self, at: int) -> bytes | None:
        return self.becomes[at] if at in self.becomes else text_of(self.lines[at])


def write(transaction: sqlite3.Connection, plan: str, step: int, records: Sequence[Record]) -> None:
    """Keep what a step of a plan's run edits, in place of what was foreseen of it, in an open transaction."""
    transaction.execute("DELETE FROM row_edits WHERE plan = ? AND step = ?", (plan, step))
    transaction.executemany(
        "INSERT INTO row_edits (plan, step, site, line, before, after, behind, near)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (plan, step, one.site, line.line, line.before, line.after, line.behind, line.near)
            for one in records
            for line in one.lines
        ],
    )


def of_plan(connection: sqlite3.Connection, plan: str) -> tuple[Record, ...]:
    """What a plan's run edited, each site once: from before the first step that did to after the last."""
    found: dict[bytes, dict[int, list[Line]]] = {}
    for row in connection.execute("SELECT * FROM row_edits WHERE plan = ? ORDER BY id", (plan,)):
        line = Line(row["before"], row["after"], row["line"], row["behind"], row["near"])
        found.setdefault(row["site"], {}).setdefault(row["step"], []).append(line)
    return tuple(Record(site, tuple(_joined(list(steps.values())))) for site, steps in found.items())


def any_of_plan(connection: sqlite3.Connection, plan: str) -> bool:
    """Whether a plan's run edited any."""
    query = "SELECT 1 FROM row_edits WHERE plan = ? LIMIT 1"
    return connection.execute(query, (plan,)).fetchone() is not None


def _joined(steps: Sequence[Sequence[Line]]) -> list[Line]:
    """What several steps made of a site's lines, one after the other, as if it were one."""
    lines = list(steps[0])
    for following in steps[1:]:
        left = list(following)
        for place, line in enumerate(lines):
            next_ = next((one for one in left if one.before is not None and one.before == line.after), None)
            if next_:
                left.remove(next_)
                lines[place] = replace(line, after=next_.after, behind=next_.behind, near=next_.near)
        lines += [one for one in left if one.before is None]
    return [line for line in lines if line.before is not None or line.after is not None]
