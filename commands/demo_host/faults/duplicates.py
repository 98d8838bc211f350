"""`duplicates`: the same rows twice, as two writers leave them."""

from pathlib import Path

from commands.demo_host.faults import rows
from commands.demo_host.faults.fault import Fault
from commands.demo_host.hosttools import registry

DOUBLED = 12
TRIPLED = 2


def duplicate(root: Path) -> str:
    """Add identical copies at the end of the table for a dozen sites, and two copies for two of them."""
    with registry.edited(str(root)) as lines:
        copies = [lines[number] for number, _row in rows.spread(lines, registry.LADDER, DOUBLED)]
        surplus = copies + copies[:TRIPLED]
        rows.add_at_end(lines, surplus)
    return f"The rows of {len(copies)} sites now stand in the registry more than once: {len(surplus)} surplus rows."


DUPLICATES = Fault("duplicates", "a dozen sites have identical surplus rows", duplicate)
