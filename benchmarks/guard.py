"""The guard: what it adds to a look at 568 rows, and what a registry of a million costs: memory, and other's time."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import psutil

from benchmarks.duplicates import registry_of
from benchmarks.results import Result
from bot.run import SWITCH_SECONDS
from commands import aside
from commands.demo_host import host
from commands.ops.house import House
from commands.ops.integrity import large_registry
from commands.ops.journal import Journal
from commands.ops.machine.clock import SystemClock
from commands.ops.machine.host import Machine
from commands.ops.redact import Redactor
from commands.ops.roles import Caller, ListedRoles
from commands.ops.settings import OpsSettings
from commands.ops.watch.analyses import Analyses
from commands.ops.watch.sampler import Sampler
from commands.reply import Ask, Reply
from commands.words import words

RUNS, ROWS = 50, 1_000_000
MIB = 1024**2
OMAR = Caller("U0OMAR", "Omar", "slack")
STEP = 0.005  # seconds: the loop that is held up, or not, wakes so often; the child's memory is looked at so often
BARS = {"changed": 2, "same": 1, "held up": 50, "memory": 100}


def run() -> Iterator[Result]:
    """The small one's two results, and two for each thing that is done about the large one."""
    with TemporaryDirectory() as directory, house_in(Path(directory)) as house:
        host.make(house.machine.root)
        yield from _small(house)
    with TemporaryDirectory() as directory, house_in(Path(directory)) as house:
        path = house.machine.root / house.settings.tree.registry
        path.parent.mkdir(parents=True)
        path.write_bytes(registry_of(ROWS))
        yield from asyncio.run(_all_of(_large(house, path.stat().st_size)))


async def _all_of(results: AsyncIterator[Result]) -> list[Result]:
    return [result async for result in results]


@contextmanager
def house_in(directory: Path) -> Iterator[House]:
    """The house of a host in `directory / "host"`, which is the caller's to make."""
    settings = OpsSettings(root=directory / "host", state=directory / "state", operators=(OMAR.id,))
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
    for kind, named in (
        ("changed", "the guard at a changed registry of 568 rows"),
        ("same", "at an unchanged one"),
    ):
        yield Result(f"{named}, median", "", "", median(times[kind]), BARS[kind], "ms")


def _jobs(house: House) -> Iterator[tuple[str, Callable[[], object]]]:
    """What may be done about a large registry, as the bot does it."""
    yield "integrity", lambda: large_registry.look(house)
    yield "batch status", lambda: _ask(house, "batch status")
    yield "batch sites", lambda: _ask(house, "batch sites --page 2")
    yield "dedupe fix, planned", lambda: _ask(house, "dedupe fix")
    plan = _ask(house, "batch mark site-7.dev I --reason measured").facts["plan"]
    _ask(house, f"batch approve {plan}")
    yield "batch mark, carried out", lambda: _ask(house, f"batch run {plan}")


def _ask(house: House, line: str) -> Reply:
    reply = aside.answer(Ask("bench", words(line), OMAR, house.clock.now()), house)
    assert reply.outcome in ("fine", "trouble"), reply
    return reply


async def _large(house: House, size: int) -> AsyncIterator[Result]:
    """The loop wakes while a job is done, as the bot's does to ack; how late is measured."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    for name, job in _jobs(house):
        late, memory, began = [0.0], [0], perf_counter()
        with ThreadPoolExecutor(1) as thread:
            work = asyncio.get_running_loop().run_in_executor(thread, job)
            while not work.done():
                asleep = time.perf_counter()
                await asyncio.sleep(STEP)
                late.append(time.perf_counter() - asleep - STEP)
                memory.append(_children_bytes())
        await work
        title, took = f"{name}, {ROWS:,} rows", f"{perf_counter() - began:.1f} s in all"
        yield Result(f"{title}: others held up, at most", "", took, max(late) * 1000, BARS["held up"], "ms")
        over, file = (max(memory) - size) / MIB, f"{size / MIB:.0f} MiB file"
        yield Result("the same: memory beyond the file's size", "", file, over, BARS["memory"], "MiB")
    sys.setswitchinterval(before)


def _children_bytes() -> int:
    """Resident bytes of the processes that this one has started."""
    total = 0
    for child in psutil.Process(os.getpid()).children():
        try:
            total += child.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total
