"""The sender: takes drafts from the outbox to Slack, in order per channel, and does not give up."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.outbox import Entry, Outbox
from bot.reconcile import already_posted, marked
from bot.respond import NO_NAME, Responder, said, slack_error

log = logging.getLogger("wavewarden.sender")
Pause = Callable[[float], Awaitable[None]]
T = TypeVar("T")

CLOSED = frozenset({"not_in_channel", "channel_not_found", "is_archived", "restricted_action"})
PASSING = frozenset({NO_NAME, "fatal_error", "internal_error", "service_unavailable", "request_timeout"})
TOO_MUCH = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})
BACKOFF = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)


@dataclass(slots=True)
class Attempt:
    """How the sending of one entry stands.

    body: the call's arguments. wait: seconds before the next try. doubtful: Slack may have taken it before the
    connection broke; there is no idempotency key, so it is looked for first.
    """

    body: dict[str, Any]
    wait: float = 0.0
    tries: int = 0
    doubtful: bool = False

    def later(self, entry: Entry, why: str) -> None:
        """It failed in a way that passes."""
        draft = entry.draft
        log.warning("%s to %s: %s; trying again", draft.method, draft.channel, why)
        self.doubtful = draft.method == "chat.postMessage"
        self.wait = BACKOFF[min(self.tries, len(BACKOFF) - 1)]
        self.tries += 1


class Sender:
    """One task a channel while something waits for it."""

    def __init__(
        self, client: AsyncWebClient, outbox: Outbox, responder: Responder, pause: Pause = asyncio.sleep
    ) -> None:
        self._client = client
        self._outbox = outbox
        self._responder = responder
        self._pause = pause
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._left_behind = 0
        self._thread = ThreadPoolExecutor(1, "outbox")  # commits wait for the disk: not on the loop

    async def start(self) -> None:
        """Go on with what an earlier process left waiting; it may have ended between a post and Slack's answer."""
        self._left_behind = await self._do(self._outbox.last)
        for channel in await self._do(self._outbox.channels):
            self.wake(channel)

    def wake(self, channel: str) -> None:
        """Something waits for this channel. Call it on the loop."""
        if channel in self._tasks:
            self._again.add(channel)
            return
        task = self._tasks[channel] = asyncio.get_running_loop().create_task(self._drain(channel))
        task.add_done_callback(partial(self._ended, channel))

    async def close(self) -> None:
        """Stop; what waits stays in the outbox."""
        for task in list(self._tasks.values()):
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        self._thread.shutdown()

    async def _drain(self, channel: str) -> None:
        while entry := await self._do(self._outbox.next, channel):
            await self._send(entry)

    def _ended(self, channel: str, task: "asyncio.Task[None]") -> None:
        self._tasks.pop(channel, None)
        if task.cancelled():
            return
        if error := task.exception():
            log.error("sending to %s stopped", channel, exc_info=error)
        if channel in self._again:
            self._again.discard(channel)
            self.wake(channel)

    async def _send(self, entry: Entry) -> None:
        """Until Slack took it, or refused it for good."""
        posts = entry.draft.method == "chat.postMessage"
        attempt = Attempt(marked(entry), doubtful=posts and entry.id <= self._left_behind)
        while not await self._tried(entry, attempt):
            await self._pause(attempt.wait)

    async def _tried(self, entry: Entry, attempt: "Attempt") -> bool:
        """Whether it is settled; if not, the attempt says how long to wait, and what to do otherwise."""
        try:
            ts = await already_posted(self._client, entry) if attempt.doubtful else None
            await self._do(self._outbox.sent, entry, ts or await self._call(entry, attempt.body))
        except SlackApiError as error:
            name = slack_error(error)
            if name == "ratelimited":
                attempt.wait = float(error.response.headers.get("Retry-After", 1))
            elif name in TOO_MUCH and "blocks" in attempt.body:
                log.error(  # noqa: TRY400 - the trace tells nothing
                    "Slack refused blocks of ours (%s): %s", name, error.response.get("response_metadata")
                )
                attempt.body.pop("blocks")
                attempt.wait = 0.0
            elif name in PASSING:
                attempt.later(entry, name)
            else:
                await self._give_up(entry, name)
                return True
            return False
        except (ClientError, TimeoutError, OSError) as error:
            attempt.later(entry, said(error))
            return False
        return True

    async def _call(self, entry: Entry, body: dict[str, Any]) -> str | None:
        response = await self._client.api_call(
            entry.draft.method, json={"channel": entry.draft.channel, **body}
        )
        ts = response.get("ts")
        return str(ts) if ts else None

    async def _give_up(self, entry: Entry, name: str) -> None:
        await self._do(self._outbox.failed, entry, name)
        if name in CLOSED and (fallback := entry.draft.fallback):
            await self._responder.respond(fallback["response_url"], fallback["body"])
            return
        log.error("%s to %s failed for good: %s", entry.draft.method, entry.draft.channel, name)

    async def _do(self, function: Callable[..., T], *arguments: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(function, *arguments))
