"""What the page is served by: the document, its files, its socket, and the way permalinks take."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, select_autoescape

from bot.workspace.page.assets import Assets
from bot.workspace.page.feed import Feed
from bot.workspace.page.headers import SECURITY
from bot.workspace.workspace import Workspace

# Who one is without ?as=…: somebody who may do most things.
FIRST_PERSON = "Operator"


def page_routes(workspace: Workspace) -> list[web.AbstractRouteDef]:
    """The routes of the page: ``/``, ``/page/…`` and ``/archives/…``.

    Args:
        workspace: whose people look at it.
    """
    assets = Assets()
    return [
        web.get("/", _document(workspace, assets)),
        web.get("/page/static/{name:.+}", assets.answer),
        web.get("/page/socket", Feed(workspace).connect),
        web.get("/archives/{channel}/p{ts:[0-9]{7,}}", _permalink),
    ]


def _document(workspace: Workspace, assets: Assets) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """The one document: the same for everybody, since the socket tells what one sees."""
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape()
    )
    page = templates.get_template("page.html")
    text = page.render(scripts=assets.named(".js"), styles=assets.named(".css"))

    async def document(request: web.Request) -> web.StreamResponse:
        people = {person.id: person for person in workspace.core.people.values() if not person.is_bot}
        if request.query.get("as") not in people:
            first = next((one for one in people.values() if one.title == FIRST_PERSON), None)
            raise web.HTTPFound(f"/?as={(first or next(iter(people.values()))).id}")
        return web.Response(
            text=text, content_type="text/html", headers={**SECURITY, "Cache-Control": "no-store"}
        )

    return document


async def _permalink(request: web.Request) -> web.StreamResponse:
    """Slack's permalinks hold the ``ts`` without its dot: ``p1780000000000100``."""
    channel, digits = request.match_info["channel"], request.match_info["ts"]
    thread = request.query.get("thread_ts", f"{digits[:-6]}.{digits[-6:]}")
    raise web.HTTPFound(f"/#/{channel}/{thread}")
