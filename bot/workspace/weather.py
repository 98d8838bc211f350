"""What the fault switches do to the app's requests; in clear weather, nothing."""

import math
import socket
import struct
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.workspace.api.route import reply
from bot.workspace.clock import pause
from bot.workspace.core_key import CORE
from bot.workspace.faults import Faults

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

APP_PATHS = ("/api/", "/response/", "/upload/", "/link/")
POSTS = {
    "/api/chat.postMessage",
    "/api/chat.postEphemeral",
    "/api/chat.scheduleMessage",
    "/api/files.completeUploadExternal",
}
# Close at once and with a reset, unread or unsent data notwithstanding: linger on, for zero seconds.
_RESET = struct.pack("ii", 1, 0)


@web.middleware
async def weather(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Lose, delay, refuse or cut off a request of the app, as the switches say."""
    if not request.path.startswith(APP_PATHS):
        return await handler(request)
    core = request.app[CORE]
    faults = core.faults
    if faults["blackhole"]:
        await faults.over("blackhole")
        return _cut(request)
    if faults["slow"]:
        await pause(core.clock, faults["slow"])
    refusal = _refused(faults, request.path)
    if refusal is not None:
        return refusal
    return await _after(request, faults, await handler(request))


async def _after(request: web.Request, faults: Faults, answer: web.StreamResponse) -> web.StreamResponse:
    """What becomes of an answer to something that was done."""
    if faults["hang"]:
        await faults.over("hang")
        return _cut(request)
    if request.path in POSTS and faults.use("reset"):
        return _cut(request, reset=True)
    if request.path in POSTS and faults.use("drop"):
        return _cut(request)
    return answer


def _refused(faults: Faults, path: str) -> web.Response | None:
    if faults["down"]:
        return web.Response(
            status=503, text="<html><body>Slack is down.</body></html>", content_type="text/html"
        )
    if faults["no_uploads"] and path.startswith("/upload/"):
        return web.Response(status=503, text="Try again later.")
    if faults["rate_limit"] and path.startswith("/api/"):
        wait = str(max(1, math.ceil(faults.left("rate_limit"))))
        return reply({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": wait})
    return None


def _cut(request: web.Request, *, reset: bool = False) -> web.Response:
    """Close the connection without an answer; what is returned reaches nobody."""
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        if reset and connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        transport.abort()
    return web.Response()
