"""What a runaway agent does: hold memory and keep a core busy, both within limits, then end."""

import os
import time

from commands.demo_host.hosttools import processes
from commands.demo_host.hosttools.logs import say

NICENESS = 10  # it takes what is idle, so that the machine stays usable
PAGE = 4096
BURST = 200_000


def main(options: dict[str, str]) -> int:
    """Hold `--bytes` and burn until `--seconds` are over."""
    os.nice(NICENESS)
    end = time.monotonic() + float(options["--seconds"])
    memory = bytearray(int(options["--bytes"]))
    memory[::PAGE] = b"\x01" * len(range(0, len(memory), PAGE))  # untouched pages would cost nothing
    who = f"agent-{options['--agent']} pid {os.getpid()}"
    say("WARN", who, f"context has grown to {len(memory)} bytes and is not let go")
    while time.monotonic() < end:
        sum(range(BURST))
    say("INFO", who, "ended by itself")
    processes.forget(os.getcwd(), os.getpid())
    return 0
