"""The document, its files, and the way permalinks take."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from bot.workspace.page.assets import Assets
from bot.workspace.server import Served

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def http(served: Served) -> AsyncIterator[ClientSession]:
    async with ClientSession(served.url) as session:
        yield session


async def test_the_document_lets_nothing_in_from_elsewhere_and_nothing_inline(http: ClientSession) -> None:
    async with http.get("/?as=U0ASHA") as answer:
        policy = answer.headers["Content-Security-Policy"]
        text = await answer.text()
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "style=" not in text
    assert text.count("<script") == 1


async def test_every_file_has_its_type_and_the_same_protection(http: ClientSession) -> None:
    types = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
    for name in Assets().files:
        async with http.get(f"/page/static/{name}") as answer:
            assert answer.status == 200
            assert answer.content_type == types[name.rpartition(".")[2]]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_file_the_browser_has_is_not_sent_again(http: ClientSession) -> None:
    async with http.get("/page/static/js/main.js") as answer:
        etag = answer.headers["ETag"]
    async with http.get("/page/static/js/main.js", headers={"If-None-Match": etag}) as answer:
        assert answer.status == 304


@pytest.mark.parametrize("name", ["../routes.py", "%2e%2e/routes.py", "js/none.js", "js", "/etc/passwd"])
async def test_nothing_but_the_files_is_given_out(http: ClientSession, name: str) -> None:
    async with http.get(f"/page/static/{name}") as answer:
        assert answer.status == 404


@pytest.mark.parametrize("query", ["", "?as=U0NOBODY", "?as=U0WARDEN"])
async def test_who_says_not_who_they_are_is_an_operator(http: ClientSession, query: str) -> None:
    async with http.get(f"/{query}", allow_redirects=False) as answer:
        assert answer.status == 302
        assert answer.headers["Location"] == "/?as=U0OMAR"


@pytest.mark.parametrize(
    ("link", "place"),
    [
        ("/archives/C0OPS/p1780000000000100", "/#/C0OPS/1780000000.000100"),
        ("/archives/C0OPS/p1780000009000200?thread_ts=1780000000.000100", "/#/C0OPS/1780000000.000100"),
    ],
)
async def test_a_permalink_leads_to_its_thread(http: ClientSession, link: str, place: str) -> None:
    async with http.get(link, allow_redirects=False) as answer:
        assert answer.headers["Location"] == place
