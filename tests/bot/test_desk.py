"""The desk's lanes."""

import asyncio
import threading
from datetime import UTC, datetime

from bot.desk import Desk
from bot.request import Origin, Request
from commands.ops.roles import Caller
from commands.reply import Ask

AT = datetime(2026, 11, 22, tzinfo=UTC)


def _request(line: str) -> Request:
    ask = Ask("1", tuple(line.split()), Caller("U0OMAR", "Omar", "slack"), AT)
    return Request(line, line, ask, Origin("C0OPS", "U0OMAR"))


async def test_an_urgent_line_does_not_wait_for_looks() -> None:
    released, stopped = threading.Event(), threading.Event()

    def work(request: Request) -> None:
        if request.line == "stop":
            stopped.set()
        else:
            assert released.wait(10)

    desk = Desk(work, lambda *_: None)
    for number in range(20):
        desk.take(_request(f"look {number}"), "look")
    desk.take(_request("stop"), "urgent")
    assert await asyncio.to_thread(stopped.wait, 10)
    released.set()
    await asyncio.to_thread(desk.close)


async def test_a_bug_reaches_its_one_handler_on_the_loop() -> None:
    told: asyncio.Future[tuple[str, BaseException]] = asyncio.get_running_loop().create_future()

    def work(_: Request) -> None:
        raise ZeroDivisionError

    desk = Desk(work, lambda request, error: told.set_result((request.line, error)))
    desk.take(_request("batch status"), "look")
    line, error = await asyncio.wait_for(told, 10)
    assert line == "batch status"
    assert isinstance(error, ZeroDivisionError)
    await asyncio.to_thread(desk.close)
