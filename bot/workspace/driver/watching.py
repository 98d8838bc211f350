"""Waiting for something to be so, by looking again at each event."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.workspace.core import Core
from bot.workspace.shapes import Json

T = TypeVar("T")

HANGS_AFTER = 10.0  # seconds of real time, whatever the workspace's clock says


class Watch:
    """Hears every event and numbers it; remembers when each message was last said, and each notice."""

    def __init__(self, core: Core, hangs_after: float = HANGS_AFTER) -> None:
        self._waiting: set[asyncio.Future[None]] = set()
        self._hangs_after = hangs_after
        self.seq = 0
        self.mark = 0
        self.said: dict[tuple[str, str], int] = {}
        self.shown: dict[tuple[str, str], int] = {}
        self.notices: list[tuple[int, str, str]] = []
        core.feed.listen(self._hear)

    def begin(self) -> None:
        """An act begins: what is waited for after it happened after this moment."""
        self.mark = self.seq + 1

    async def until(self, look: Callable[[], T | None], otherwise: Callable[[], str]) -> T:
        """Return what ``look`` finds, now or after some event.

        Args:
            look: returns what is wanted, or None while it is not there.
            otherwise: says what was there instead, for the failure.

        Raises:
            AssertionError: nothing came for many seconds.
        """
        try:
            async with asyncio.timeout(self._hangs_after):
                while (found := look()) is None:
                    await self._next_event()
                return found
        except TimeoutError:
            raise AssertionError(otherwise()) from None

    async def _next_event(self) -> None:
        event: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(event)
        try:
            await event
        finally:
            self._waiting.discard(event)

    def _hear(self, user: str, event: Json) -> None:
        self.seq += 1
        kind = event["type"]
        if kind in {"message", "message_changed"}:
            self.said[event["channel"], event["message"]["ts"]] = self.seq
        elif kind in {"ephemeral", "ephemeral_changed"}:
            self.said[user, event["message"]["ts"]] = self.seq
        elif kind == "home" or kind.startswith("view_"):
            self.shown[user, event.get("view_id") or event["view"]["id"]] = self.seq
        elif kind == "notice":
            self.notices.append((self.seq, user, event["text"]))
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)
