"""``/api/METHOD`` over HTTP."""

import json
import secrets
import time

from aiohttp import web

from bot.workspace.api import call as calls, gate
from bot.workspace.api.table import METHODS
from bot.workspace.core import Core
from bot.workspace.core_key import CORE
from bot.workspace.errors import ApiError
from bot.workspace.shapes import Json


async def api(request: web.Request) -> web.Response:
    """Answer one call, as JSON, with Slack's headers; and write it into the log."""
    core = request.app[CORE]
    began = time.perf_counter()
    name = request.match_info["method"]
    status, headers = 200, {}
    try:
        said = gate.answer(core, await calls.read(request))
    except ApiError as error:
        said = {"ok": False, "error": error.error, **error.fields}
        status, headers = error.status, error.headers
    took = (time.perf_counter() - began) * 1000
    core.activity.note("api", name, ms=took, ok=said["ok"], detail=said.get("error", ""))
    return reply(said, status, {**_headers(core, name), **headers})


def reply(said: Json, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """JSON as Slack writes it, without blanks."""
    text = json.dumps(said, separators=(",", ":"), ensure_ascii=False)
    return web.Response(text=text, content_type="application/json", status=status, headers=headers)


def _headers(core: Core, name: str) -> dict[str, str]:
    method = METHODS.get(name)
    return {
        "X-OAuth-Scopes": ",".join(core.app.manifest.bot_scopes),
        "X-Accepted-OAuth-Scopes": ",".join(method.scopes if method else ()),
        "X-Slack-Req-Id": secrets.token_hex(16),
    }


ROUTES = (web.post("/api/{method}", api), web.get("/api/{method}", api))
