"""``/link/``: where a Socket Mode connection begins."""

from aiohttp import web

from bot.workspace.core_key import CORE
from bot.workspace.socket_mode.connection import Connection


async def link(request: web.Request) -> web.StreamResponse:
    """Serve one connection until it closes; its ticket counts once."""
    core = request.app[CORE]
    if not core.hub.redeem(request.query.get("ticket", "")):
        return web.Response(status=403, text="This ticket is not valid, or it was used before.")
    socket = web.WebSocketResponse(autoping=False, timeout=1.0)
    await socket.prepare(request)
    connection = Connection(socket, core.faults, core.clock)
    await core.hub.greet(connection)
    try:
        async for frame in connection.frames():
            core.delivery.acknowledge(frame)
    finally:
        core.hub.part(connection)
    return socket


ROUTES = (web.get("/link/", link),)
