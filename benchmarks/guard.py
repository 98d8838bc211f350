"""The guard: what it adds to a look at 568 rows, and what a registry of a million costs: memory, and other's time."""

import asyncio
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import psutil

from benchmarks.duplicates import EACH_KIND, registry_of
from benchmarks.results import Result
from bot.run import SWITCH_SECONDS
from commands.demo_host import host
from commands.ops import large_registry
from commands.ops.house import House
from commands.ops.journal import Journal
from commands.ops.machine.clock import SystemClock
from commands.ops.machine.host import Machine
from commands.ops.redact import Redactor
from commands.ops.roles import ListedRoles
from commands.ops.settings import OpsSettings
from commands.ops.watch.analyses import Analyses
from commands.ops.watch.sampler import Sampler

RUNS, ROWS = 50, 1_000_000
MIB = 1024**2
STEP = 0.005  # seconds: the loop that is held up, or not, wakes so often; the child's memory is looked at so often
BARS = {"changed": 2, "same": 1, "held up": 50, "memory": 100}


def run() -> Iterator[Result]:
    """Four results."""
    with TemporaryDirectory() as directory, house_in(Path(directory)) as house:
        host.make(house.machine.root)
        yield from _small(house)
    with TemporaryDirectory() as directory, house_in(Path(directory)) as house:
        path = house.machine.root / house.settings.tree.registry
        path.parent.mkdir(parents=True)
        path.write_bytes(registry_of(ROWS))
        yield from asyncio.run(_large(house, path.stat().st_size))


@contextmanager
def house_in(directory: Path) -> Iterator[House]:
    """The house of a host in `directory / "host"`, which is the caller's to make."""
    settings = OpsSettings(root=directory / "host", state=directory / "state")
    machine, journal = Machine(settings.root), Journal(settings.state)
    yield House(settings, journal, machine, SystemClock(), ListedRoles(settings), Redactor(()))
    journal.close()


def _small(house: House) -> Iterator[Result]:
    """Only the analysis: the sampler's own look is there without a guard, too."""
    sampler, analyses = Sampler(house), Analyses(house)
    path = house.machine.root / house.settings.tree.registry
    times: dict[str, list[float]] = {"changed": [], "same": []}
    for _ in range(RUNS):
        path.write_bytes(path.read_bytes() + b"\n")
        for kind in ("changed", "same"):
            looked = sampler.sample()
            began = perf_counter()
            analyses.of(looked)
            times[kind].append((perf_counter() - began) * 1000)
    for kind, words in (
        ("changed", "the guard at a changed registry of 568 rows"),
        ("same", "at an unchanged one"),
    ):
        yield Result(f"{words}, median", "", "", median(times[kind]), BARS[kind], "ms")


async def _large(house: House, size: int) -> list[Result]:
    """The loop wakes while the analysis runs, as the bot's does to ack; how late is measured."""
    before, late, memory = sys.getswitchinterval(), [0.0], [0]
    sys.setswitchinterval(SWITCH_SECONDS)
    began = perf_counter()
    with ThreadPoolExecutor(1) as thread:
        work = asyncio.get_running_loop().run_in_executor(thread, large_registry.look, house)
        while not work.done():
            asleep = time.perf_counter()
            await asyncio.sleep(STEP)
            late.append(time.perf_counter() - asleep - STEP)
            memory.append(_children_bytes())
    sys.setswitchinterval(before)
    found = (await work).found
    assert (len(found.identical), len(found.conflicting)) == (EACH_KIND, EACH_KIND)
    took = f"{perf_counter() - began:.1f} s in all"
    over = max(memory) - size
    return [
        Result(
            f"integrity of {ROWS:,} rows: others held up, at most",
            "",
            took,
            max(late) * 1000,
            BARS["held up"],
            "ms",
        ),
        Result(
            "the same: memory beyond the file's size",
            "",
            f"{size / MIB:.0f} MiB file",
            over / MIB,
            BARS["memory"],
            "MiB",
        ),
    ]


def _children_bytes() -> int:
    """Resident bytes of the processes that this one has started."""
    total = 0
    for child in psutil.Process(os.getpid()).children():
        try:
            total += child.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total
