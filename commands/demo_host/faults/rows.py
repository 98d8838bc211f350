"""Choosing registry rows to damage: always the same ones for the same registry."""

from commands.demo_host.hosttools import registry
from commands.demo_host.hosttools.registry import Row
from commands.demo_host.plan import MAIN_BATCH


def spread(lines: list[str], statuses: str, most: int) -> list[tuple[int, Row]]:
    """At most `most` rows of batch 001 with one of the statuses, evenly spread, with their line's index."""
    found = [
        (number, row)
        for number, line in enumerate(lines)
        if (row := registry.parse(line)) and row.batch == MAIN_BATCH and row.status in statuses
    ]
    step = max(1, len(found) // most)
    return found[step // 2 :: step][:most]


def add_at_end(lines: list[str], rows: list[str]) -> None:
    """Append rows after the table's last one, before the file's last newline."""
    last = len(lines) - 1 if lines and not lines[-1] else len(lines)
    lines[last:last] = rows
