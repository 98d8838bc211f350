"""The ways to break a demo host, one file each."""

from commands.demo_host.faults.conflicts import CONFLICTS
from commands.demo_host.faults.crash import CRASH
from commands.demo_host.faults.disk import DISK
from commands.demo_host.faults.duplicates import DUPLICATES
from commands.demo_host.faults.exhausted import EXHAUSTED
from commands.demo_host.faults.half_finalized import HALF_FINALIZED
from commands.demo_host.faults.lost_rows import LOST_ROWS
from commands.demo_host.faults.slow import SLOW
from commands.demo_host.faults.stuck_site import STUCK_SITE

FAULTS = (CRASH, SLOW, DUPLICATES, CONFLICTS, DISK, STUCK_SITE, HALF_FINALIZED, LOST_ROWS, EXHAUSTED)
