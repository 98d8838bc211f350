"""Rows that an agent is, or may be, at work on: whatever is written into them, it may write again."""

from collections.abc import Iterable

from commands.ops.errors import OpsError
from commands.ops.house import House
from commands.ops.registry.registry import Registry
from commands.ops.registry.rows import Row
from commands.ops.waves import occupancy


def busy(house: House, table: Registry, rows: Iterable[Row], *, surely: bool = False) -> set[str]:
    """The sites of these rows with an agent; none where the agents cannot be read.

    surely: only those whose agent is known.
    """
    by_batch: dict[str, list[Row]] = {}
    for row in rows:
        by_batch.setdefault(row.batch, []).append(row)
    standings = ("busy",) if surely else ("busy", "unclear")
    try:
        seen = {batch: occupancy.look(house, table, batch) for batch in by_batch}
        return {
            row.domain for batch, own in by_batch.items() for row in own if seen[batch].of(row) in standings
        }
    except OpsError:
        return set()
