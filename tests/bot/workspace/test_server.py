"""Where the server listens, and to whom."""

import aiohttp
import pytest
from aiohttp import web

from bot.workspace.clock import HandClock
from bot.workspace.errors import Refused
from bot.workspace.server import Served, serve
from bot.workspace.workspace import Rehearsal, Workspace
from tests.bot.workspace.conftest import manifest


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::"])  # noqa: S104  to be refused
async def test_it_listens_on_loopback_only(host: str) -> None:
    with pytest.raises(Refused, match="loopback only"):
        await serve(Workspace(manifest(), HandClock()), host=host)


async def test_a_port_that_is_taken_is_told(served: Served) -> None:
    port = int(served.url.rpartition(":")[2])
    with pytest.raises(OSError, match="address already in use"):
        await serve(Workspace(manifest(), HandClock()), port=port)


async def test_it_takes_the_pages_routes() -> None:
    async def page(_request: web.Request) -> web.Response:
        return web.Response(text="the page")

    served = await serve(Workspace(manifest(), HandClock()), routes=[web.get("/", page)])
    async with aiohttp.ClientSession() as session, session.get(served.url) as response:
        assert await response.text() == "the page"
    await served.close()


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]
)
async def test_a_foreign_name_and_a_foreign_page_are_refused(served: Served, headers: dict[str, str]) -> None:
    url = f"{served.api_url}auth.test"
    async with aiohttp.ClientSession() as session, session.post(url, headers=headers) as response:
        assert response.status == 403


async def test_a_rehearsal_happens_and_says_what_it_did() -> None:
    async def crash() -> str:
        return "Ten agents of wave 5 were killed."

    rehearsal = Rehearsal("crash", "Crash", "Kill agents", crash)
    workspace = Workspace(manifest(), HandClock(), rehearsals=[rehearsal])
    assert workspace.snapshot("U0OMAR")["rehearsals"] == [
        {"name": "crash", "label": "Crash", "description": "Kill agents"}
    ]
    assert await workspace.rehearse("crash") == "Ten agents of wave 5 were killed."
    with pytest.raises(Refused):
        await workspace.rehearse("earthquake")
