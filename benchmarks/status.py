"""`batch status` on 568 sites beside 80 processes: through the one door, and as a whole process."""

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.results import Result
from benchmarks.stage import crowd, program
from commands.answer import answer
from commands.demo_host import host
from commands.ops.house import House
from commands.ops.journal import Journal
from commands.ops.machine.clock import SystemClock
from commands.ops.machine.host import Machine
from commands.ops.redact import Redactor
from commands.ops.roles import Caller, ListedRoles
from commands.ops.settings import OpsSettings
from commands.reply import Ask

RUNS, PROCESSES, BAR = 25, 7, 150
WORDS = ("batch", "status")


def run() -> Iterator[Result]:
    """Two results; the second has no bar."""
    with TemporaryDirectory() as directory:
        root = Path(directory) / "host"
        host.make(root)
        with crowd(root):
            yield _in_process(root, Path(directory) / "state")
            yield _whole_process(root, Path(directory) / "state")


def _in_process(root: Path, state: Path) -> Result:
    settings = OpsSettings(root=root, state=state, viewers=("os:bench",))
    house = House(settings, Journal(state), Machine(root), SystemClock(), ListedRoles(settings), Redactor(()))
    ask = Ask("bench", WORDS, Caller("os:bench", "bench", "terminal"), datetime.now(UTC))
    if error := answer(ask, house).error:
        raise RuntimeError(error)
    times = []
    for _ in range(RUNS):
        began = perf_counter()
        answer(ask, house)
        times.append(perf_counter() - began)
    house.journal.close()
    return Result("batch status in the process, 568 sites, median", "", "", median(times) * 1000, BAR, "ms")


def _whole_process(root: Path, state: Path) -> Result:
    settings = {"WAVEWARDEN_ROOT": str(root), "WAVEWARDEN_STATE": str(state), "WAVEWARDEN_VIEWERS": "*"}
    times = []
    for _ in range(PROCESSES):
        began = perf_counter()
        argv = [program(), "ask", *WORDS]
        subprocess.run(argv, cwd=root, env=os.environ | settings, capture_output=True, check=True, timeout=60)
        times.append(perf_counter() - began)
    return Result("wavewarden ask, from shell to shell, median", "", "", median(times) * 1000, None, "ms")
