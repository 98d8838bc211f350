"""A small host: an empty tree with its settings, and processes that end with the test."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commands.ops.house import House
from commands.ops.machine.host import Machine
from commands.ops.settings import OpsSettings
from tests.commands.conftest import house_of

Spawn = Callable[..., subprocess.Popen[bytes]]
WAITS = "import sys; print('up', flush=True); sys.stdin.read()"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The host's tree, empty but for its directories."""
    root = tmp_path / "host"
    for directory in (".smbatcher/batches", "sites", "logs", "tools"):
        (root / directory).mkdir(parents=True)
    return root


@pytest.fixture
def settings(root: Path, tmp_path: Path) -> OpsSettings:
    """The settings of that host, all by default."""
    return OpsSettings(root=root, state=tmp_path / "state")


@pytest.fixture
def machine(root: Path) -> Machine:
    """This machine, with that host on it."""
    return Machine(root)


@pytest.fixture
def bare_house(settings: OpsSettings) -> Iterator[House]:
    """The house of that host."""
    made = house_of(settings)
    yield made
    made.journal.close()


@pytest.fixture
def spawn(root: Path) -> Iterator[Spawn]:
    """Start a process, under the root unless told otherwise; it has taken its command line when this returns."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*argv: str, cwd: Path = root, program: str | None = None) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            argv,
            executable=program,
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        wait_for_command_line(process.pid)
        return process

    yield start
    for process in started:
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()  # not read to its end: what the process has started may hold the other one
        process.wait()


def wait_for_command_line(pid: int) -> None:
    """Popen returns when the old program is gone; the new one's arguments come an instant later."""
    while not Path(f"/proc/{pid}/cmdline").read_bytes():
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG):
            return
        os.sched_yield()


@pytest.fixture
def agent(spawn: Spawn) -> Spawn:
    """Start a Python process with these arguments behind it, which does nothing until it is ended."""

    def start(*arguments: str, cwd: Path | None = None) -> subprocess.Popen[bytes]:
        process = spawn(sys.executable, "-c", WAITS, *arguments, **({"cwd": cwd} if cwd else {}))
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        return process

    return start
