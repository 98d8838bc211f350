"""The page's socket: what a person asks for goes to the workspace, what happens there comes back."""

import asyncio
import json
from collections.abc import Mapping

from aiohttp import WSMsgType, web

from bot.workspace.errors import Refused
from bot.workspace.page.admission import admit_own_page
from bot.workspace.page.deeds import DEEDS, Unknown, arguments
from bot.workspace.shapes import Json
from bot.workspace.subscriptions import Subscription
from bot.workspace.workspace import Workspace

LARGEST_FRAME = 512 * 1024  # a form may hold 250 kB; Slack takes no more
AT_ONCE = 32  # questions of one page under way; the next waits


class Feed:
    """Accepts the sockets of pages, each for one person."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Speak with one page until either side closes."""
        admit_own_page(request)
        user = request.query.get("user", "")
        try:
            subscription = self._workspace.subscribe(user)
        except Refused as error:
            raise web.HTTPNotFound(text=str(error)) from None
        socket = web.WebSocketResponse(max_msg_size=LARGEST_FRAME, heartbeat=20, compress=False)
        try:
            await socket.prepare(request)
            await Conversation(self._workspace, user, socket).run(subscription)
        finally:
            subscription.close()
        return socket


class Conversation:
    """One page's socket: the snapshot first, then events, with answers in between."""

    def __init__(self, workspace: Workspace, user: str, socket: web.WebSocketResponse) -> None:
        self._workspace = workspace
        self._user = user
        self._socket = socket
        self._places = asyncio.Semaphore(AT_ONCE)

    async def run(self, subscription: Subscription) -> None:
        """Serve until the page is gone; what it asked for meanwhile is given up."""
        await self._send(self._workspace.snapshot(self._user))
        async with asyncio.TaskGroup() as tasks:
            telling = tasks.create_task(self._tell(subscription))
            answering: set[asyncio.Task[None]] = set()
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    await self._places.acquire()
                    task = tasks.create_task(self._answer(message.data))
                    answering.add(task)
                    task.add_done_callback(answering.discard)
            for task in (telling, *answering):
                task.cancel()

    async def _tell(self, subscription: Subscription) -> None:
        async for event in subscription:
            await self._send(event)
        await self._socket.close()  # the workspace ended the subscription

    async def _answer(self, text: str) -> None:
        try:
            frame = _read(text)
            if frame is not None:
                await self._send({"re": frame.get("id"), **await self._do(frame)})
        finally:
            self._places.release()

    async def _do(self, frame: Json) -> Json:
        try:
            deed, given = arguments(frame)
            return {"ok": True, "result": await DEEDS[deed].do(self._workspace, self._user, given)}
        except (Refused, Unknown) as error:
            return {"ok": False, "error": str(error)}

    async def _send(self, frame: Mapping[str, object]) -> None:
        if not self._socket.closed:
            await self._socket.send_str(json.dumps(frame, separators=(",", ":")))


def _read(text: str) -> Json | None:
    """A frame as the page sends it; what is none is passed over."""
    try:
        frame = json.loads(text)
    except ValueError:
        return None
    return frame if isinstance(frame, dict) else None
