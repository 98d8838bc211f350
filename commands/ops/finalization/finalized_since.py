"""What a finalization's tool did after Wavewarden was killed: it goes on alone, and its rows can go back all the same."""

from collections.abc import Sequence
from dataclasses import replace

from commands.ops.edits.lines import state, text_of
from commands.ops.edits.records import Record
from commands.ops.errors import Refusal
from commands.ops.finalization import traces
from commands.ops.house import House
from commands.ops.registry.registry import Registry
from commands.ops.registry.sites import listed


def caught_up(house: House, batch: str, records: Sequence[Record], table: Registry) -> tuple[Record, ...]:
    """The foreseen rows of a run that nobody carried to its end, with what its tool has really made of them.

    Raises:
        Refusal: the tool is at work still.
    """
    running = traces.look(house, batch).running
    if running:
        pids = listed([str(one.pid) for one in running])
        raise Refusal(
            f"The tool is at work on batch {batch} still: process {pids}. Wait for its end, then undo."
        )
    return tuple(_caught_up(one, table) for one in records)


def _caught_up(record: Record, table: Registry) -> Record:
    """A site that is finalized now, by a row that nobody foresaw to the letter: a time in it, say."""
    rows = table.sites().get(record.site.decode("utf-8", "backslashreplace"), ())
    if len(rows) != 1 or len(record.lines) != 1 or rows[0].status != table.ladder.finalized:
        return record
    now = text_of(rows[0].raw)
    if state([now]) in (record.before, record.after):
        return record
    return Record(record.site, (replace(record.lines[0], after=now),))
