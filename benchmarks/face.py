"""The face: the start, memory, acks and posts of a real bot that is connected to a local workspace."""

import asyncio
from collections.abc import Iterable, Iterator
from statistics import median, quantiles

import psutil

from benchmarks.asking import QUICK, STATUS, acks_beside_looks, ask_each, ask_often
from benchmarks.results import Result
from benchmarks.stage import Connected, Stage, crowd, stage
from commands.root import every_line

STARTS, ACKS, POSTS = 7, 400, 40
MIB = 1024**2
BARS = {"start": 1000, "memory": 60, "idle": 5, "busy": 50, "post": 60}


def run() -> Iterator[Result]:
    """Seven results, of guide/performance.md's last rows."""
    yield from asyncio.run(_measure())


async def _measure() -> list[Result]:
    async with stage() as town:
        starts = [await _start(town) for _ in range(STARTS)]
        async with town.bot() as bot:
            await ask_often(town, f"{STATUS} --batch 001", 5)
            memory = _memory(bot)
            idle = [answered.ack for answered in await ask_often(town, QUICK, ACKS)]
            with crowd(town.root):
                posts = [answered.posted for answered in await ask_often(town, STATUS, POSTS)]
                busy = await acks_beside_looks(town, ACKS)
            worked = _memory(bot)
        async with town.bot() as bot:
            await ask_each(town, every_line())
            used = _memory(bot)
    return [
        _milliseconds("process started to connected, median", median(starts), "start"),
        Result("memory of the connected bot after a few lines", "", "", memory / MIB, BARS["memory"], "MiB"),
        Result("of one that was asked every line", "", "", used / MIB, BARS["memory"], "MiB"),
        Result("of one that was asked a thousand lines", "", "", worked / MIB, None, "MiB"),
        _acks("idle", idle),
        _acks("busy", busy),
        _milliseconds("/batch status to its summary, 80 processes, median", median(posts), "post"),
    ]


async def _start(town: Stage) -> float:
    async with town.bot() as bot:
        return bot.seconds


def _memory(bot: Connected) -> int:
    """Resident bytes."""
    return int(psutil.Process(bot.pid).memory_info().rss)


def _acks(how: str, seconds: Iterable[float]) -> Result:
    hundredths = quantiles(seconds, n=100)
    job = {"idle": "ack of a slash command, p99", "busy": "the same while two looks run"}[how]
    return Result(job, "", f"p50 {hundredths[49] * 1000:.1f} ms", hundredths[98] * 1000, BARS[how], "ms")


def _milliseconds(job: str, seconds: float, bar: str) -> Result:
    return Result(job, "", "", seconds * 1000, BARS[bar], "ms")
