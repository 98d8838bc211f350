"""The sender: takes drafts from the outbox to Slack, in order per channel, and does not give up.

Files go after their message, beside the messages that come later: a large or a stuck one holds up none of those.
"""

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

from bot.outbox import UPLOAD, Entry, Outbox
from bot.reconcile import already_posted, marked
from bot.respond import NO_NAME, Responder, said, slack_error
from bot.upload import NotPoured, upload

log = logging.getLogger("wavewarden.sender")
Pause = Callable[[float], Awaitable[None]]
T = TypeVar("T")

CLOSED = frozenset({"not_in_channel", "channel_not_found", "is_archived", "restricted_action"})
PASSING = frozenset({NO_NAME, "fatal_error", "internal_error", "service_unavailable", "request_timeout"})
TOO_MUCH = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})
BACKOFF = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
MOST_FAILURES = 20  # of one file while Slack answers: about ten minutes, in which other files wait


@dataclass(frozen=True, slots=True)
class Lane:
    """What is sent one after the other: the messages and edits of a channel, or its files."""

    channel: str
    files: bool = False


@dataclass(slots=True)
class Attempt:
    """How the sending of one entry stands.

    body: the call's arguments. wait: seconds before the next try. doubtful: Slack may have taken it before the
    connection broke; there is no idempotency key, so it is looked for first. file: what Slack calls a file that may
    have been shared. failures: how often Slack answered, and it failed all the same.
    """

    body: dict[str, Any]
    wait: float = 0.0
    tries: int = 0
    doubtful: bool = False
    file: str | None = None
    failures: int = 0

    def later(self, entry: Entry, why: str) -> None:
        """It failed in a way that passes."""
        draft = entry.draft
        log.warning("%s to %s: %s; trying again", draft.method, draft.channel, why)
        self.doubtful = draft.method == "chat.postMessage" or self.file is not None
        self.wait = BACKOFF[min(self.tries, len(BACKOFF) - 1)]
        self.tries += 1


class Sender:
    """One task a lane while something waits in it."""

    def __init__(
        self, client: AsyncWebClient, outbox: Outbox, responder: Responder, pause: Pause = asyncio.sleep
    ) -> None:
        self._client = client
        self._outbox = outbox
        self._responder = responder
        self._pause = pause
        self._tasks: dict[Lane, asyncio.Task[None]] = {}
        self._again: set[Lane] = set()
        self._left_behind = 0
        self._thread = ThreadPoolExecutor(1, "outbox")  # commits wait for the disk: not on the loop

    async def start(self) -> None:
        """Go on with what an earlier process left waiting; it may have ended between a post and Slack's answer."""
        self._left_behind = await self._do(self._outbox.last)
        for channel in await self._do(self._outbox.channels):
            self.wake(channel)

    def wake(self, channel: str) -> None:
        """Something waits for this channel. Call it on the loop."""
        for lane in (Lane(channel), Lane(channel, files=True)):
            self._wake(lane)

    async def close(self) -> None:
        """Stop; what waits stays in the outbox."""
        for task in list(self._tasks.values()):
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        self._thread.shutdown()

    def _wake(self, lane: Lane) -> None:
        if lane in self._tasks:
            self._again.add(lane)
            return
        task = self._tasks[lane] = asyncio.get_running_loop().create_task(self._drain(lane))
        task.add_done_callback(partial(self._ended, lane))

    async def _drain(self, lane: Lane) -> None:
        oldest = self._outbox.next_file if lane.files else self._outbox.next
        while entry := await self._do(oldest, lane.channel):
            await self._send(entry)
            if entry.draft.method == "chat.postMessage":  # a file may have waited for it
                self._wake(Lane(lane.channel, files=True))

    def _ended(self, lane: Lane, task: "asyncio.Task[None]") -> None:
        self._tasks.pop(lane, None)
        if task.cancelled():
            return
        if error := task.exception():
            log.error("sending to %s stopped", lane.channel, exc_info=error)
        if lane in self._again:
            self._again.discard(lane)
            self._wake(lane)

    async def _send(self, entry: Entry) -> None:
        """Until Slack took it, or refused it for good."""
        left_behind = entry.draft.method == "chat.postMessage" and entry.id <= self._left_behind
        attempt = Attempt(marked(entry), doubtful=left_behind or entry.file is not None, file=entry.file)
        while not await self._tried(entry, attempt):
            await self._pause(attempt.wait)

    async def _tried(self, entry: Entry, attempt: Attempt) -> bool:
        """Whether it is settled; if not, the attempt says how long to wait, and what to do otherwise."""
        try:
            ts = await already_posted(self._client, entry, attempt.file) if attempt.doubtful else None
            await self._do(self._outbox.sent, entry, ts or await self._call(entry, attempt))
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
                return await self._failed_again(entry, attempt, name)
            else:
                await self._give_up(entry, name)
                return True
            return False
        except NotPoured as error:
            return await self._failed_again(entry, attempt, str(error))
        except (ClientError, TimeoutError, OSError) as error:
            attempt.later(entry, said(error))
            return False
        return True

    async def _failed_again(self, entry: Entry, attempt: Attempt, why: str) -> bool:
        """Whether that settles it: a message waits for as long as it takes, a file does while Slack is away."""
        attempt.failures += why != NO_NAME
        if entry.draft.method == UPLOAD and attempt.failures == MOST_FAILURES:
            await self._give_up(entry, why)
            return True
        attempt.later(entry, why)
        return False

    async def _call(self, entry: Entry, attempt: Attempt) -> str | None:
        if entry.draft.method == UPLOAD:
            await self._upload(entry, attempt)
            return None
        arguments = {"channel": entry.draft.channel, **attempt.body}
        response = await self._client.api_call(entry.draft.method, json=arguments)
        ts = response.get("ts")
        return str(ts) if ts else None

    async def _upload(self, entry: Entry, attempt: Attempt) -> None:
        attempt.file = None  # it was looked for, and is not there

        async def keep(file: str) -> None:
            await self._do(self._outbox.uploaded, entry, file)
            attempt.file = file

        await upload(self._client, entry, attempt.body, keep)

    async def _give_up(self, entry: Entry, name: str) -> None:
        instead = entry.draft.without_file(name) if entry.draft.method == UPLOAD else None
        await self._do(self._outbox.failed, entry, name, instead)
        if instead:
            self._wake(Lane(entry.draft.channel))
        if name in CLOSED and (fallback := entry.draft.fallback):
            await self._responder.respond(fallback["response_url"], fallback["body"])
            return
        log.error("%s to %s failed for good: %s", entry.draft.method, entry.draft.channel, name)

    async def _do(self, function: Callable[..., T], *arguments: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(function, *arguments))
