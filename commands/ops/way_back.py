"""The way back from a plan that was carried out, as the operation and args that take it back."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from commands.ops import row_records
from commands.ops.operation import Args
from commands.ops.plans import Plan, State
from commands.ops.row_edits import Edits, LineEdit
from commands.ops.row_records import Placed, Record
from commands.ops.site_lines import Added, change_to, key_of, places_of, state, text_of, texts_by_key

UNDO_ROWS = "undo"  # the operation that takes edited rows of the registry back
ENDED: tuple[State, ...] = ("done", "failed", "aborted", "unknown")


def of_plan(connection: sqlite3.Connection, plan: Plan) -> tuple[str, Args] | None:
    """What takes this plan back; None where there is nothing, or nothing was done.

    A run that edited rows goes back row by row, however it ended; others by what their operation says.
    """
    if plan.state not in ENDED:
        return None
    if row_records.any_of_plan(connection, plan.id):
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
        if found == state(placed.text for placed in record.before):
            back.append(record)
        else:
            (ready if found == state(record.after) else changed).append(record)
    return Standing(tuple(ready), tuple(back), tuple(changed))


def edits_back(records: Sequence[Record], lines: Sequence[bytes]) -> Edits:
    """What brings these sites' lines back; one that was taken out goes behind the line that it followed."""
    above = {key_of(placed.behind) for one in records for placed in one.before if placed.behind is not None}
    where = places_of(lines, {*above, *(record.site for record in records)})
    last = max((at for at, line in enumerate(lines, 1) if line[:1] == b"|"), default=len(lines))
    return tuple(edit for record in records for edit in _back(record, lines, where, last))


def _back(
    record: Record, lines: Sequence[bytes], where: Mapping[bytes, list[int]], last: int
) -> Iterator[LineEdit]:
    own = where[record.site]
    now = tuple(text_of(lines[at]) for at in own)
    lost = [Added(placed.text, None, _line_above(placed, where, last)) for placed in record.before]
    change = change_to(record.site, now, lost)
    for at, text, kept in zip(own, now, change.kept, strict=True):
        if kept != text:
            yield LineEdit(text, kept, at + 1)
    yield from (LineEdit(None, new.text, new.near) for new in change.added)


def _line_above(placed: Placed, where: Mapping[bytes, list[int]], last: int) -> int:
    """The number of the line that a lost one goes behind: its old neighbour's, the nearest; else the last row's."""
    if placed.behind is None:
        return 0
    same = [at + 1 for at in where[key_of(placed.behind)]]
    return min(same, key=lambda number: abs(number - placed.line), default=last)
