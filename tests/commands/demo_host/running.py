"""What the tests of the demo host share: calling its tools, counting its sites, waiting for its processes."""

import os
import select
import subprocess
from collections import Counter
from pathlib import Path

from commands.demo_host.calling import run_tool
from commands.demo_host.hosttools import processes, registry
from commands.demo_host.hosttools.registry import Row

IMPLEMENT = "tools/implement/mimplement-bg.sh"
DESIGN = "tools/prepare/mdesign.sh"
FINISH = "tools/implement/finish.sh"
LIST = "tools/shared/list-sites.sh"
SECONDS = 60.0


def tool(root: Path, *words: str, speed: float = 1000) -> subprocess.CompletedProcess[str]:
    """Run a tool whose agents, if any, are quick."""
    return run_tool(root, *words, variables={"DEMO_HOST_SPEED": str(speed)})


def rows(root: Path) -> list[Row]:
    """The registry's rows."""
    return registry.read_rows(str(root))


def status_of(root: Path, domain: str) -> str:
    """The one status a site has."""
    [status] = [row.status for row in rows(root) if row.domain == domain]
    return status


def counts(root: Path, batch: str = "001", wave: str | None = None) -> Counter[str]:
    """How many rows of a batch, or one of its waves, have each status."""
    return Counter(row.status for row in rows(root) if row.batch == batch and wave in (None, row.wave))


def wait_for_the_end(root: Path) -> None:
    """Wait until every process the host started has ended."""
    while found := processes.living(str(root)):
        for record in found:
            _wait(record.pid)


def _wait(pid: int) -> None:
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        assert poll.poll(SECONDS * 1000), f"process {pid} did not end within {SECONDS} s"
    finally:
        os.close(handle)
