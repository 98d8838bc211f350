"""`conflicts`: the same site twice, with statuses that differ."""

import time
from calendar import timegm
from pathlib import Path

from commands.demo_host.faults import rows
from commands.demo_host.faults.fault import Fault
from commands.demo_host.hosttools import registry
from commands.demo_host.hosttools.logs import STAMP, stamp
from commands.demo_host.hosttools.registry import Row

STALE = 5  # built sites that an old writer still has at i
BUILD_SECONDS = 240
AHEAD = 3  # designed sites that a row without any files calls implemented


def conflict(root: Path) -> str:
    """Add a stale row for some built sites and an unfounded one for some that are only designed."""
    with registry.edited(str(root)) as lines:
        stale = [_at_work(row) for _, row in rows.spread(lines, "I", STALE)]
        ahead = [row._replace(status="I", updated=stamp()) for _, row in rows.spread(lines, "D", AHEAD)]
        added = [row.line() for row in stale + ahead]
        rows.add_at_end(lines, added)
    return (
        f"{len(added)} sites now stand in the registry twice with different statuses: "
        f"{len(stale)} built ones also at i, {len(ahead)} designed ones also at I."
    )


def _at_work(row: Row) -> Row:
    """The row as it was some minutes before it was built."""
    done = timegm(time.strptime(row.updated, STAMP))
    return row._replace(status="i", updated=stamp(done - BUILD_SECONDS))


CONFLICTS = Fault("conflicts", "some sites stand in the registry with two statuses", conflict)
