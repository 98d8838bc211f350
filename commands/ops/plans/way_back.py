"""The way back from a plan that was carried out, as the operation and args that take it back."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from commands.ops.edits import records as row_records
from commands.ops.edits.lines import key_of, places_of, state, text_of, texts_by_key
from commands.ops.edits.records import Line, Record
from commands.ops.edits.rows import Edits, LineEdit
from commands.ops.operation import Args
from commands.ops.plans import whole_version
from commands.ops.plans.plans import Plan, State

UNDO_ROWS = "undo"  # the operation that takes edited rows of the registry back
ENDED: tuple[State, ...] = ("done", "failed", "aborted", "unknown")


def of_plan(connection: sqlite3.Connection, plan: Plan) -> tuple[str, Args] | None:
    """What takes this plan back; None where there is nothing, or nothing was done.

    A run that edited rows goes back row by row, however it ended, and one that replaced the whole registry by the byte
    where it can; others by what their operation says.
    """
    if plan.state not in ENDED:
        return None
    if row_records.any_of_plan(connection, plan.id) or whole_version.replaced(plan):
        return UNDO_ROWS, {"plan": plan.id}
    told = (plan.result or {}).get("undo")
    return (told[0], told[1]) if told else None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a run's sites stand in the registry now.

    ready: as the run left them. back: as they were before it. changed: neither, somebody changed them since.
    """

    ready: tuple[Record, ...]
    back: tuple[Record, ...]
    changed: tuple[Record, ...]


def standing(records: Sequence[Record], lines: Sequence[bytes]) -> Standing:
    """Tell the sites of a run apart by what has become of them since."""
    now = texts_by_key(lines, [record.site for record in records])
    back: list[Record] = []
    ready: list[Record] = []
    changed: list[Record] = []
    for record in records:
        found = state(now[record.site])
        if found == record.before:
            back.append(record)
        else:
            (ready if found == record.after else changed).append(record)
    return Standing(tuple(ready), tuple(back), tuple(changed))


def edits_back(records: Sequence[Record], lines: Sequence[bytes]) -> Edits:
    """What brings these sites' lines back, where they stand as after the run.

    One that was taken out goes behind the line that it followed.
    """
    above = {key_of(line.behind) for one in records for line in one.lines if line.behind is not None}
    places = _Places(lines, places_of(lines, {*above, *(record.site for record in records)}))
    made = [(line.line, edit) for record in records for line, edit in places.back(record)]
    return tuple(edit for _, edit in sorted(made, key=lambda one: one[0]))


@dataclass(slots=True)
class _Places:
    """Where lines of sites are in the registry, counted from 0."""

    lines: Sequence[bytes]
    by_key: Mapping[bytes, list[int]]

    def back(self, record: Record) -> Iterator[tuple[Line, LineEdit]]:
        free = list(self.by_key[record.site])
        for line in record.lines:
            if line.after is None:
                yield line, LineEdit(None, line.before, self._above(line))
                continue
            at = next(at for at in free if text_of(self.lines[at]) == line.after)
            free.remove(at)
            if line.before != line.after:
                yield line, LineEdit(line.after, line.before, at + 1)

    def _above(self, lost: Line) -> int:
        """The number of the line that a lost one goes behind: its neighbour of then, if need be as it is now."""
        if lost.behind is None:
            return 0
        numbers = [at + 1 for at in self.by_key[key_of(lost.behind)]]
        same = [number for number in numbers if text_of(self.lines[number - 1]) == lost.behind]
        last = max((at for at, line in enumerate(self.lines, 1) if line[:1] == b"|"), default=len(self.lines))
        return min(same or numbers, key=lambda number: abs(number - lost.near), default=last)
