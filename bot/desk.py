"""The desk: every ask is worked on in its lane, so that a stop never waits behind a look."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from bot.request import Request
from commands.line import Lane

LOOKERS = 2
RUNNERS = 32  # runs wait for locks and tools, not for the processor


class Desk:
    """Lanes of threads: `urgent` has one of its own, `look` two, `run` one a run.

    work: answers a request, in a thread. failed: told of our own bugs, on the loop.
    """

    def __init__(
        self, work: Callable[[Request], None], failed: Callable[[Request, BaseException], None]
    ) -> None:
        self._work = work
        self._failed = failed
        self._lanes: dict[Lane, ThreadPoolExecutor] = {
            "urgent": ThreadPoolExecutor(1, "urgent"),
            "look": ThreadPoolExecutor(LOOKERS, "look"),
            "run": ThreadPoolExecutor(RUNNERS, "run"),
        }

    def take(self, request: Request, lane: Lane) -> None:
        """Hand it on; returns at once."""
        loop = asyncio.get_running_loop()
        future = self._lanes[lane].submit(self._work, request)
        future.add_done_callback(partial(self._done, loop, request))

    def close(self) -> None:
        """Let what runs come to its end, drop what waits."""
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)

    def _done(self, loop: asyncio.AbstractEventLoop, request: Request, future: "Future[None]") -> None:
        if not future.cancelled() and (error := future.exception()):
            loop.call_soon_threadsafe(self._failed, request, error)
