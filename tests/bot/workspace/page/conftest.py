"""One Chromium a session; for each test a served workspace, an app to connect, and people who look at it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page, Request, async_playwright, expect
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.clock import HandClock
from bot.workspace.driver import Driver
from bot.workspace.page.routes import page_routes
from bot.workspace.server import Served, serve
from bot.workspace.workspace import Rehearsal, Workspace
from tests.bot.workspace.conftest import Connector, client_of, manifest

PATIENCE = 20_000  # milliseconds; the machine may be busy, and nothing is waited for but events
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


async def _crash() -> str:
    return "Killed 16 of 25 agents of wave 5."


@pytest_asyncio.fixture(loop_scope="session")
async def served() -> AsyncIterator[Served]:
    # By a clock that stands still, no trigger expires and no ack comes late, however busy the machine is.
    workspace = Workspace(
        manifest(),
        HandClock(),
        rehearsals=[Rehearsal("crash", "Crash wave 5", "Kill most agents of the wave", _crash)],
        limited=False,
    )
    served = await serve(workspace, routes=page_routes(workspace))
    yield served
    await served.close()


class PatientConnector(Connector):
    """Connects apps that bear with a machine which a browser keeps busy.

    A client that pings every 50 ms takes a pause of 25 ms for a lost connection, and what was under way is lost with it.
    """

    def app(self) -> AsyncApp:
        app = super().app()
        app.client.timeout = PATIENCE // 1000
        return app

    async def connect(self, app: AsyncApp) -> AsyncSocketModeHandler:
        handler = AsyncSocketModeHandler(app, "xapp-local-workspace", ping_interval=PATIENCE / 1000)
        self.handlers.append(handler)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await Driver(self.served.workspace).wait_for_app(len(self.handlers))
        return handler


@pytest_asyncio.fixture(loop_scope="session")
async def connector(served: Served) -> AsyncIterator[Connector]:
    connector = PatientConnector(served)
    yield connector
    await connector.close()


@pytest.fixture
def client(served: Served) -> AsyncWebClient:
    return client_of(served)


@dataclass
class Visits:
    """Opens pages for people, each in a browser of their own, and hears what their consoles say."""

    browser: Browser
    served: Served
    pages: list[Page] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    async def open(
        self, name: str = "OMAR", *, width: int = 1400, at: str = "#/C0OPS", **options: Any
    ) -> Page:
        """A page as this person, once it shows what it was opened for."""
        context = await self.browser.new_context(
            viewport={"width": width, "height": 900}, timezone_id="Europe/Berlin", locale="en-US", **options
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._request)
        self.pages.append(page)
        await page.goto(f"{self.served.url}/?as=U0{name}{at}")
        await page.locator("body[data-ready]").wait_for()
        return page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "WebSocket connection to" not in message.text:
            self.complaints.append(message.text)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.served.url, "data:")):
            self.complaints.append(f"The page reached out to {request.url}")


@pytest_asyncio.fixture(loop_scope="session")
async def visits(chromium: Browser, served: Served) -> AsyncIterator[Visits]:
    """Every page must end without a complaint in its console, and without having reached out."""
    visits = Visits(chromium, served)
    yield visits
    for page in visits.pages:
        await page.context.close()
    assert visits.complaints == []


@dataclass(frozen=True, slots=True)
class Reader:
    """Renders text by the page's own modules, and tells what came of it."""

    page: Page

    async def html(self, module: str, call: str, *arguments: object) -> str:
        """What ``call`` of a module makes, as markup with little but tags and links.

        Args:
            module: its path under ``static/js``.
            call: an expression over ``m`` (the module), ``names`` and ``args``.
            arguments: what ``args`` holds.
        """
        return str(await self.page.evaluate(_RENDER.replace("MADE", call), [module, list(arguments)]))


# Emoji are told by their names; of attributes only links are.
_RENDER = """async ([module, args]) => {
  const m = await import(`/page/static/js/${module}`);
  const names = {
    user: (id) => ({ U0VERA: "Vera Lind" })[id] ?? null, channel: (id) => ({ C0OPS: "batch-ops" })[id] ?? null,
    usergroup: (id) => ({ S0ONCALL: { handle: "batch-on-call", users: [] } })[id] ?? null, me: "U0OMAR",
    now: () => new Date("2026-11-22T12:00:00+01:00").getTime(),
  };
  const box = document.createElement("div");
  box.append(...[MADE].flat(Infinity));
  const tell = (node) => {
    if (node.nodeType === 3) return node.data;
    const inside = [...node.childNodes].map(tell).join("");
    if (node.matches(".emoji")) return node.title;
    if (node.matches("br")) return "\\n";
    if (node.matches("div, span, time")) return inside;
    const tag = node.localName;
    return `<${tag}${node.hasAttribute("href") ? ` ${node.getAttribute("href")}` : ""}>${inside}</${tag}>`;
  };
  return tell(box);
}"""


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def reader(chromium: Browser) -> AsyncIterator[Reader]:
    workspace = Workspace(manifest())
    served = await serve(workspace, routes=page_routes(workspace))
    visits = Visits(chromium, served)
    yield Reader(await visits.open())
    await visits.pages[0].context.close()
    await served.close()
    assert visits.complaints == []
