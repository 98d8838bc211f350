"""Agents among thousands of processes: the runbook's scenario 1, whose grep counts whatever has the word in it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.results import Result, side_by_side
from benchmarks.shell import command
from commands.ops.agents import agents
from commands.ops.machine.host import Machine
from commands.ops.settings import OpsSettings

OTHERS, AGENTS = 2000, 25
RUNS, BAR = 15, 0.5
SHELL = "ps aux | grep -i opus | grep -v grep | wc -l"


def run() -> Iterator[Result]:
    """One result: 25 agents found among about 2,080 processes."""
    with TemporaryDirectory() as directory, ExitStack() as running:
        root = Path(directory)
        running.enter_context(_agents(root))
        running.enter_context(_sleepers())
        settings, machine = OpsSettings(root=root, state=root / "state"), Machine(root)
        assert len(agents.read(settings, machine).agents) == AGENTS
        number = sum(name.isdigit() for name in os.listdir("/proc"))  # noqa: PTH208 - names are all we need
        yield side_by_side(
            f"agents among {number:,} processes",
            command(SHELL, root),
            lambda: agents.read(settings, machine),
            runs=RUNS,
            bar=BAR,
        )


@contextmanager
def _agents(root: Path) -> Iterator[None]:
    """Shells that wait for a line, each called like an agent of wave 5."""
    argv = ["sh", "-c", "read line", "opus-agent", "--batch", "001", "--wave", "5"]
    started = [subprocess.Popen(argv, cwd=root, stdin=subprocess.PIPE) for _ in range(AGENTS)]
    try:
        yield
    finally:
        for process in started:
            process.communicate(b"\n")


@contextmanager
def _sleepers() -> Iterator[None]:
    started: list[int] = []
    try:
        for _ in range(OTHERS):
            started.append(os.posix_spawnp("sleep", ["sleep", "600"], os.environ))  # noqa: PERF401 - each must be ended
        yield
    finally:
        for pid in started:
            os.kill(pid, 9)
        for pid in started:
            os.waitpid(pid, 0)
