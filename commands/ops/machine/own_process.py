"""Which process we are, for good: a PID alone is given away again."""

import os
from collections.abc import Mapping
from pathlib import Path

from commands.ops.machine.process_stat import parse_stat

PROC = Path("/proc")
Identity = Mapping[str, int | str]


def identity() -> Identity:
    """Our PID, start time in clock ticks, and the boot it belongs to."""
    return _identity(os.getpid())


def lives(other: Identity) -> bool:
    """Whether the process of this identity still runs."""
    try:
        return _identity(int(other["pid"])) == dict(other)
    except (OSError, KeyError, ValueError):
        return False


def _identity(pid: int) -> Identity:
    boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
    stat = parse_stat((PROC / str(pid) / "stat").read_bytes())
    return {"pid": pid, "started": -1 if stat.ended else stat.started_ticks, "boot": boot}
