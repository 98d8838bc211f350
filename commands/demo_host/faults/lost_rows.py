"""`lost-rows`: rows vanish from the registry."""

from pathlib import Path

from commands.demo_host.faults import rows
from commands.demo_host.faults.fault import Fault
from commands.demo_host.hosttools import registry

MOST_LOST = 30
SHARE = 4  # never more than one row in this many


def lose_rows(root: Path) -> str:
    """Drop rows of batch 001 from the working file; the last commit still has them."""
    with registry.edited(str(root)) as lines:
        total = len(rows.spread(lines, registry.LADDER, len(lines)))
        lost = {
            number for number, _ in rows.spread(lines, registry.LADDER, min(MOST_LOST, -(-total // SHARE)))
        }
        lines[:] = [line for number, line in enumerate(lines) if number not in lost]
    return f"{len(lost)} sites of batch 001 have lost their row in the registry."


LOST_ROWS = Fault("lost-rows", "thirty sites vanish from the registry", lose_rows)
