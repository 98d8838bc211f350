"""The page's scripts, styles and drawings: every file there is, known by its address."""

from pathlib import Path

from aiohttp import web

from bot.workspace.page.headers import SECURITY

FOLDER = Path(__file__).parent / "static"
# The machine's own table of types may say otherwise, and with nosniff the browser believes only these.
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


def _files() -> dict[str, Path]:
    found = sorted(path for path in FOLDER.rglob("*") if path.suffix in _TYPES)
    return {path.relative_to(FOLDER).as_posix(): path for path in found}


FILES = _files()
SCRIPTS = tuple(name for name in FILES if name.endswith(".js"))
STYLES = tuple(name for name in FILES if name.endswith(".css"))


async def asset(request: web.Request) -> web.StreamResponse:
    """Answer with one file; the browser asks each time whether it is still the same."""
    path = FILES.get(request.match_info["name"])
    if path is None:
        raise web.HTTPNotFound
    kind = f"{_TYPES[path.suffix]}; charset=utf-8"
    return web.FileResponse(path, headers={**SECURITY, "Content-Type": kind, "Cache-Control": "no-cache"})
