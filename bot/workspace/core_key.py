"""Where the web application keeps the workspace it serves."""

from aiohttp import web

from bot.workspace.core import Core

CORE: web.AppKey[Core] = web.AppKey("core", Core)
