"""The page's scripts, styles and drawings, held in memory: some 80 small files are asked for at once."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from aiohttp import web

from bot.workspace.page.headers import SECURITY

FOLDER = Path(__file__).parent / "static"
# The machine's own table of types may say otherwise, and with nosniff the browser believes only these.
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
# The browser asks each time whether a file is still the same; but drawings must show while the server is away, too.
_CACHE = {"image/svg+xml": "max-age=3600"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is answered with."""

    content: bytes
    mimetype: str
    etag: str


class Assets:
    """Every file there is, by its address below ``/page/static/``."""

    def __init__(self, folder: Path = FOLDER) -> None:
        paths = sorted(path for path in folder.rglob("*") if path.suffix in _TYPES)
        self.files = {path.relative_to(folder).as_posix(): _read(path) for path in paths}

    def named(self, suffix: str) -> list[str]:
        """The addresses that end so, in order."""
        return [name for name in self.files if name.endswith(suffix)]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer with one file, or with the word that it is still the same."""
        file = self.files.get(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        headers = {
            **SECURITY,
            "Cache-Control": _CACHE.get(file.mimetype, "no-cache"),
            "ETag": f'"{file.etag}"',
        }
        if any(known.value == file.etag for known in request.if_none_match or ()):
            return web.Response(status=304, headers=headers)
        return web.Response(body=file.content, content_type=file.mimetype, charset="utf-8", headers=headers)


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    return Asset(content, _TYPES[path.suffix], sha256(content).hexdigest()[:16])
