"""Who may speak with the workspace: pages that this very server sent.

A page elsewhere can make a browser open a socket here; then the ``Origin`` is its own. A page that lets its name resolve
to 127.0.0.1 (DNS rebinding) sends its own ``Host`` too, which the server refuses before any route is asked.
"""

from aiohttp import web


def admit_own_page(request: web.Request) -> None:
    """Let a request pass that comes from a page of this server.

    Raises:
        web.HTTPForbidden: there is no ``Origin``, or it is another one.
    """
    if request.headers.get("Origin") != f"http://{request.host}":
        raise web.HTTPForbidden(text="Only this workspace's own page may connect.")
