"""Time as the workspace sees it: the system's, or one that a test moves by hand."""

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

T = TypeVar("T")


class Timer(Protocol):
    """A call that will be made later, unless it is cancelled first."""

    def cancel(self) -> None:
        """Do not make the call."""


class Clock(Protocol):
    """Tells the time (seconds since 1970) and calls back later (seconds from now)."""

    def now(self) -> float:
        """Seconds since 1970."""

    def call_later(self, seconds: float, action: Callable[[], object]) -> Timer:
        """Call ``action`` in so many seconds, from the event loop."""


class SystemClock:
    """The time of the machine."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def call_later(self, seconds: float, action: Callable[[], object]) -> Timer:
        """Call ``action`` in so many seconds, from the running event loop."""
        return asyncio.get_running_loop().call_later(seconds, action)


@dataclass(order=True, slots=True)
class _HandTimer:
    due: float
    number: int
    action: Callable[[], object] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        self.cancelled = True


class HandClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, start: float = 1_780_000_000.0) -> None:
        self._now = start
        self._timers: list[_HandTimer] = []
        self._numbers = itertools.count()

    def now(self) -> float:
        """Seconds since 1970, as far as the test has moved them."""
        return self._now

    def call_later(self, seconds: float, action: Callable[[], object]) -> Timer:
        """Call ``action`` when the test has moved the clock so many seconds on."""
        timer = _HandTimer(self._now + seconds, next(self._numbers), action)
        heapq.heappush(self._timers, timer)
        return timer

    async def advance(self, seconds: float) -> None:
        """Move on, making each call that falls due at its own time, in order."""
        end = self._now + seconds
        await _let_others_run()
        while self._timers and self._timers[0].due <= end:
            timer = heapq.heappop(self._timers)
            if not timer.cancelled:
                self._now = max(self._now, timer.due)
                timer.action()
                await _let_others_run()
        self._now = end


async def _let_others_run() -> None:
    """Give tasks that a timer woke a few turns of the loop, so that they set their next timers."""
    for _ in range(10):
        await asyncio.sleep(0)


async def pause(clock: Clock, seconds: float) -> None:
    """Wait so many seconds of this clock."""
    over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    timer = clock.call_later(seconds, lambda: over.set_result(None))
    try:
        await over
    finally:
        timer.cancel()


async def within(clock: Clock, seconds: float, future: "asyncio.Future[T]") -> T:
    """Wait for a future, at most so many seconds of this clock.

    Raises:
        TimeoutError: the time passed first; the future is cancelled.
    """
    late = False

    def give_up() -> None:
        nonlocal late
        late = future.cancel()

    timer = clock.call_later(seconds, give_up)
    try:
        return await future
    except asyncio.CancelledError:
        if late:
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
