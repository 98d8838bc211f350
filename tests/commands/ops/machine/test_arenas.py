"""One arena of memory for all threads."""

import subprocess
import sys

# Threads take 1 MiB in pieces too small for a mapping of their own, all at once; each arena but the first begins at a
# multiple of 64 MiB, in a mapping of its own.
PROGRAM = """
import threading
from pathlib import Path
{}
together = threading.Barrier(5)
def take():
    taken = [bytearray(10_000) for _ in range(100)]
    together.wait(); together.wait()
threads = [threading.Thread(target=take) for _ in range(4)]
for thread in threads: thread.start()
together.wait()
starts = [int(line.split("-")[0], 16) for line in Path("/proc/self/maps").read_text().splitlines() if " rw-p " in line]
print(sum(start % 2**26 == 0 for start in starts))
together.wait()
"""


def _arenas(first: str) -> int:
    """How many arenas four threads have beside the first, in a new Python that does something first."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(first)], capture_output=True, text=True, check=True
    )
    return int(ran.stdout)


def test_threads_share_one_arena() -> None:
    assert _arenas("") > 0, "each has its own where nothing is said"
    assert _arenas("from commands.ops.machine import arenas; arenas.share_one()") == 0
