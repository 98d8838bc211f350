"""The runbook's commands, as an operator's shell runs them."""

import subprocess
from collections.abc import Callable
from pathlib import Path

TIMEOUT = 120.0  # seconds


def command(line: str, cwd: Path) -> Callable[[], bytes]:
    """A call that runs the line in a shell and returns what it printed."""

    def run() -> bytes:
        # The runbook's own lines, pipes and all: what is measured against.
        ran = subprocess.run(line, shell=True, cwd=cwd, capture_output=True, check=True, timeout=TIMEOUT)  # noqa: S602
        return ran.stdout

    return run
