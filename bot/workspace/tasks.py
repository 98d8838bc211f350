"""Work that goes on by itself, and is ended with the workspace."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Tasks:
    """Keeps hold of running tasks, so that none is lost and all can be ended."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        """Let this go on by itself."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def close(self) -> None:
        """End what is still running, and wait for the ends."""
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
