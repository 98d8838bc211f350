"""Time that a test moves."""

import asyncio

import pytest

from bot.workspace.clock import HandClock, SystemClock, pause, within


async def test_a_timer_is_called_when_its_time_has_come_and_not_before() -> None:
    clock, calls = HandClock(100.0), list[float]()
    clock.call_later(5, lambda: calls.append(clock.now()))
    await clock.advance(4.999)
    assert calls == []
    await clock.advance(0.001)
    assert calls == [105.0]


async def test_a_cancelled_timer_is_never_called() -> None:
    clock, calls = HandClock(), list[int]()
    clock.call_later(1, lambda: calls.append(1)).cancel()
    await clock.advance(2)
    assert calls == []


async def test_timers_that_set_timers_are_all_called_in_order_within_one_move() -> None:
    clock, calls = HandClock(0), list[float]()

    async def twice() -> None:
        for _ in range(2):
            await pause(clock, 10)
            calls.append(clock.now())

    task = asyncio.create_task(twice())
    await clock.advance(25)
    await task
    assert calls == [10, 20]


async def test_what_comes_within_the_time_is_returned() -> None:
    clock = HandClock()
    future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    waiting = asyncio.create_task(within(clock, 3, future))
    await clock.advance(2.999)
    future.set_result(7)
    assert await waiting == 7


async def test_what_comes_too_late_is_a_timeout() -> None:
    clock = HandClock()
    future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    waiting = asyncio.create_task(within(clock, 3, future))
    await clock.advance(3)
    with pytest.raises(TimeoutError):
        await waiting


async def test_the_system_clock_waits_in_real_time() -> None:
    clock = SystemClock()
    before = clock.now()
    await pause(clock, 0.01)
    assert clock.now() - before >= 0.009
