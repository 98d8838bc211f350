"""The workspace on a loopback port: Web API, Socket Mode, and whatever routes the page brings."""

import ipaddress
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from bot.workspace import hooks
from bot.workspace.api import route as api
from bot.workspace.core_key import CORE
from bot.workspace.errors import Refused
from bot.workspace.socket_mode import route as link
from bot.workspace.weather import weather
from bot.workspace.workspace import Workspace

LARGEST = 64 * 2**20  # bytes of one request: files are uploaded whole
LAST_WORDS = 0.5  # seconds for requests under way when it closes; a hanging one is cut off

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Served:
    """A workspace that listens."""

    url: str
    workspace: Workspace
    runner: web.AppRunner

    @property
    def api_url(self) -> str:
        """What belongs into ``SLACK_API_URL``."""
        return f"{self.url}/api/"

    async def close(self) -> None:
        """Listen no more, close every socket, end every timer."""
        await self.workspace.stop()
        await self.runner.cleanup()


async def serve(
    workspace: Workspace, host: str = "127.0.0.1", port: int = 0, routes: Iterable[web.AbstractRouteDef] = ()
) -> Served:
    """Let a workspace listen.

    Args:
        workspace: the workspace.
        host: a loopback address: it knows no passwords.
        port: 0 takes any free one.
        routes: more routes, such as the page's.

    Returns:
        Where it listens, and how to end it.

    Raises:
        Refused: the address is not on loopback.
        OSError: the port is taken.
    """
    if not _is_loopback(host):
        raise Refused(f"The workspace has no passwords, so it listens on loopback only, not on {host}.")
    app = web.Application(middlewares=[_to_loopback_only, weather], client_max_size=LARGEST)
    app[CORE] = workspace.core
    app.add_routes([*api.ROUTES, *link.ROUTES, *hooks.ROUTES, *routes])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=LAST_WORDS)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    try:
        await site.start()
    except OSError:
        await runner.cleanup()
        raise
    bound = runner.addresses[0][1]
    shown = f"[{host}]" if ":" in host else host
    workspace.core.url = f"http://{shown}:{bound}"
    return Served(workspace.core.url, workspace, runner)


@web.middleware
async def _to_loopback_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a foreign Host or Origin: else any web site one visits could post here, or listen."""
    origin = request.headers.get("Origin", "http://localhost")
    if not _is_loopback(request.url.host or "") or not _is_loopback(urlsplit(origin).hostname or ""):
        raise web.HTTPForbidden(text="This server answers on loopback only.")
    return await handler(request)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
