"""Who may use the page: browsers on this machine, from pages that this very server sent.

A page elsewhere can make a browser send requests here: with its own ``Origin``, or, after letting its name resolve to
127.0.0.1 (DNS rebinding), with its own ``Host``. Both are refused.
"""

import ipaddress
from urllib.parse import urlsplit

from aiohttp import web


def admit(request: web.Request) -> None:
    """Let a request pass that was addressed to this machine by a loopback name.

    Raises:
        web.HTTPForbidden: the ``Host`` header names something else.
    """
    if not _is_loopback(urlsplit(f"//{request.host}").hostname or ""):
        raise web.HTTPForbidden(text="This page is for the machine it runs on: use a loopback address.")


def admit_own_page(request: web.Request) -> None:
    """Let a request pass that moreover comes from a page of this server.

    Raises:
        web.HTTPForbidden: there is no ``Origin``, or it is another one.
    """
    admit(request)
    if request.headers.get("Origin") != f"http://{request.host}":
        raise web.HTTPForbidden(text="Only this workspace's own page may connect.")


def _is_loopback(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
