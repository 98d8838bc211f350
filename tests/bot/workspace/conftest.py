"""A served workspace, a real Bolt app connected to it, and a client that speaks its Web API."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.app_identity import DEFAULT_BOT_TOKEN
from bot.workspace.clock import HandClock
from bot.workspace.driver import Driver
from bot.workspace.manifest import Manifest, manifest_from
from bot.workspace.server import Served, serve
from bot.workspace.workspace import Workspace
from tests.bot.workspace.raw_app import RawApp

SCOPES = [
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "im:history",
    "im:read",
    "im:write",
    "pins:write",
    "reactions:write",
    "usergroups:read",
    "users:read",
]
EVENTS = ["app_home_opened", "app_mention", "member_joined_channel", "message.im", "reaction_added"]


def manifest(scopes: list[str] = SCOPES, events: list[str] = EVENTS, *, home: bool = True) -> Manifest:
    """The manifest of a small app that uses everything."""
    return manifest_from(
        {
            "display_information": {"name": "Wavewarden"},
            "features": {
                "app_home": {"home_tab_enabled": home, "messages_tab_enabled": True},
                "bot_user": {"display_name": "wavewarden"},
                "slash_commands": [
                    {"command": "/batch", "description": "Look at a batch", "usage_hint": "status"},
                    {"command": "/escape", "description": "Escaped", "should_escape": True},
                ],
                "shortcuts": [
                    {
                        "name": "Diagnose",
                        "type": "message",
                        "callback_id": "diagnose",
                        "description": "Look into it",
                    },
                    {"name": "Ask", "type": "global", "callback_id": "ask", "description": "Ask anything"},
                ],
            },
            "oauth_config": {"scopes": {"bot": scopes}},
            "settings": {
                "socket_mode_enabled": True,
                "interactivity": {"is_enabled": True},
                "event_subscriptions": {"bot_events": events},
            },
        }
    )


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def served(clock: HandClock) -> AsyncIterator[Served]:
    served = await serve(Workspace(manifest(), clock))
    yield served
    await served.close()


@pytest.fixture
def workspace(served: Served) -> Driver:
    return Driver(served.workspace)


def client_of(served: Served, token: str = DEFAULT_BOT_TOKEN) -> AsyncWebClient:
    """A client that tries each call once, so that a test sees what one call meets."""
    return AsyncWebClient(token, base_url=served.api_url, retry_handlers=[], timeout=5)


@pytest.fixture
def client(served: Served) -> AsyncWebClient:
    return client_of(served)


@dataclass
class Connector:
    """Connects Bolt apps to the workspace, and disconnects them at the end."""

    served: Served
    handlers: list[AsyncSocketModeHandler] = field(default_factory=list)

    def app(self) -> AsyncApp:
        """An app that is not connected yet."""
        return AsyncApp(client=client_of(self.served), process_before_response=True)

    async def connect(self, app: AsyncApp) -> AsyncSocketModeHandler:
        """Connect an app, and wait until the workspace has it."""
        handler = AsyncSocketModeHandler(app, "xapp-local-workspace", ping_interval=0.05)
        self.handlers.append(handler)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await Driver(self.served.workspace).wait_for_app(len(self.handlers))
        return handler

    async def close(self) -> None:
        for handler in self.handlers:
            await handler.close_async()  # type: ignore[no-untyped-call]


@pytest.fixture
async def connector(served: Served) -> AsyncIterator[Connector]:
    connector = Connector(served)
    yield connector
    await connector.close()


@pytest.fixture
async def raw(served: Served) -> AsyncIterator[RawApp]:
    async with aiohttp.ClientSession() as session:
        raw = RawApp(served, session)
        yield raw
        await raw.close()
