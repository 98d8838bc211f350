"""Lines typed in the workspace, and how long the bot takes over them."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from benchmarks.stage import Stage
from bot.workspace.shapes import Json
from commands.line import Line

OMAR, VERA, ASHA = "U0OMAR", "U0VERA", "U0ASHA"
NAMES = {OMAR: "Omar Haddad", VERA: "Vera Lind", ASHA: "Asha Rao"}
OPS = "C0OPS"
STATUS, QUICK = "/batch status", "/batch version"
BETWEEN = 0.02  # seconds between two envelopes while looks run: 50 a second


@dataclass(frozen=True, slots=True)
class Answered:
    """Seconds from a line typed to its ack, and to its summary in the channel."""

    ack: float
    posted: float


async def ask(stage: Stage, user: str, line: str) -> Answered:
    """Type a line as somebody and wait for what the bot posts."""
    workspace = stage.served.workspace
    seen = workspace.subscribe(user)
    began = time.perf_counter()
    await workspace.say(user, OPS, line)
    ack = time.perf_counter() - began
    async for event in seen:
        if _answers(event, user):
            break
    seen.close()
    return Answered(ack, time.perf_counter() - began)


async def ask_often(stage: Stage, line: str, number: int) -> list[Answered]:
    """The same line again and again, each time answered before it is typed anew."""
    return [await ask(stage, OMAR, line) for _ in range(number)]


async def acks_beside_looks(stage: Stage, number: int) -> list[float]:
    """Seconds to the ack, 50 lines a second, while two `batch status` are worked on all the time."""
    found = []
    async with _looking(stage):
        for _ in range(number):
            began = time.perf_counter()
            await stage.served.workspace.say(ASHA, OPS, QUICK)
            found.append(time.perf_counter() - began)
            await asyncio.sleep(BETWEEN)
    return found


async def ask_each(stage: Stage, lines: Iterable[Line]) -> None:
    """The first example of each, answered in the channel or privately before the next is typed."""
    asha = stage.driver.person("Asha")
    for line in lines:
        await asha.says("#batch-ops", f"@wavewarden {line.examples[0]}")
        answers = [asyncio.ensure_future(one) for one in (stage.driver.wait_for("asked"), asha.told(""))]
        _, unheard = await asyncio.wait(answers, return_when=asyncio.FIRST_COMPLETED)
        for other in unheard:
            other.cancel()
        await asyncio.gather(*answers, return_exceptions=True)


@asynccontextmanager
async def _looking(stage: Stage) -> AsyncIterator[None]:
    async def look(user: str) -> None:
        while True:
            await ask(stage, user, STATUS)

    lookers = [asyncio.create_task(look(user)) for user in (OMAR, VERA)]
    yield
    for looker in lookers:
        looker.cancel()
    await asyncio.gather(*lookers, return_exceptions=True)


def _answers(event: Json, user: str) -> bool:
    return event["type"] == "message" and f"{NAMES[user]} asked" in str(event["message"].get("blocks"))
