"""`exhausted`: runaway agents take the processor and a good piece of memory."""

import os
from pathlib import Path

from commands.demo_host.calling import demand, run_tool
from commands.demo_host.faults.fault import Fault
from commands.demo_host.hosttools.launcher import PYTHON
from commands.demo_host.plan import MAIN_BATCH

SECONDS = 900
MOST_BYTES_EACH = 96 * 1024**2
MEMORY_SHARE = 10  # all together at most a tenth of what is free
AGENTS_A_CORE = 2


def exhaust(root: Path) -> str:
    """Start two busy agents a core; they end by themselves after a quarter of an hour."""
    count = AGENTS_A_CORE * (os.cpu_count() or 1)
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    size = min(MOST_BYTES_EACH, free // MEMORY_SHARE // count)
    limits = ("--count", str(count), "--bytes", str(size), "--seconds", str(SECONDS))
    demand(run_tool(root, *PYTHON, "tools/run.py", "runaway", "--batch", MAIN_BATCH, *limits))
    return f"{count} runaway agents use every core and {size // 1024**2} MiB of memory each, for {SECONDS // 60} minutes."


EXHAUSTED = Fault("exhausted", "runaway agents take processor and memory", exhaust)
