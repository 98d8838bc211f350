"""The other addresses an app is given: response URLs, upload URLs, and files to look at."""

import json

from aiohttp import web

from bot.workspace import answers
from bot.workspace.api.route import reply
from bot.workspace.core import Core
from bot.workspace.core_key import CORE
from bot.workspace.errors import ApiError
from bot.workspace.shapes import Json

BAD_REQUEST = 400


async def response(request: web.Request) -> web.Response:
    """Take what is posted to a response URL."""
    core = request.app[CORE]
    try:
        _respond(core, request.match_info["path"], await _payload(request))
    except ApiError as error:
        core.activity.note("api", "response_url", ok=False, detail=error.error)
        status = BAD_REQUEST if error.status == web.HTTPOk.status_code else error.status
        return reply({"ok": False, "error": error.error, **error.fields}, status)
    core.activity.note("api", "response_url")
    return reply({"ok": True})


async def upload(request: web.Request) -> web.Response:
    """Take the bytes of a promised file, bare or as the first part of a form: as many as were promised."""
    file = request.app[CORE].shelf.get(request.match_info["file_id"])
    if file is None:
        raise web.HTTPNotFound
    if request.content_type == "multipart/form-data":
        parts = (await request.post()).values()
        content = next((part.file.read() for part in parts if isinstance(part, web.FileField)), b"")
    else:
        content = await request.read()
    if (
        len(content) != file.length
    ):  # Slack asks for the exact length; its answer to another is not documented
        raise web.HTTPBadRequest(text=f"{file.length} bytes were promised, {len(content)} came")
    file.content = content
    return web.Response(text=f"OK - {len(content)}")


async def download(request: web.Request) -> web.Response:
    """Show a file's bytes; a browser must neither guess their type nor run them."""
    file = request.app[CORE].shelf.get(request.match_info["file_id"])
    if file is None or file.content is None or request.match_info["name"] != file.name:
        raise web.HTTPNotFound
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
    charset = "utf-8" if file.mimetype.startswith("text/") else None
    return web.Response(body=file.content, content_type=file.mimetype, charset=charset, headers=headers)


def _respond(core: Core, path: str, payload: Json) -> None:
    url = core.response_urls.use(path)
    answers.respond(core, url, core.rooms.for_anybody(url.channel), payload)


async def _payload(request: web.Request) -> Json:
    body = (await request.read()).decode("utf-8", "replace")
    if request.content_type == "application/x-www-form-urlencoded":
        body = str((await request.post()).get("payload", ""))
    try:
        payload = json.loads(body)
    except ValueError:
        raise ApiError("invalid_payload") from None
    if not isinstance(payload, dict):
        raise ApiError("invalid_payload")
    return payload


ROUTES = (
    web.post("/response/{path:.+}", response),
    web.post("/upload/{file_id}", upload),
    web.get("/files/{file_id}/{name}", download),
)
