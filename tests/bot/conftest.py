"""The real bot on a demo host, connected to a local workspace over real Socket Mode."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from bot.manifest import as_dict
from bot.run import Running, running
from bot.settings import Settings, SlackSettings
from bot.workspace.app_identity import DEFAULT_APP_TOKEN, DEFAULT_BOT_TOKEN
from bot.workspace.driver import Driver
from bot.workspace.manifest import manifest_from
from bot.workspace.server import Served, serve
from bot.workspace.workspace import Workspace
from tests.commands.conftest import settings_of

ON_A_BUSY_MACHINE = 60.0  # seconds until a wait gives up, where processes are started


@pytest.fixture
async def town() -> AsyncIterator[Served]:
    """A workspace that listens; it has no limits of rate, for those have tests of their own."""
    served = await serve(Workspace(manifest_from(as_dict()), limited=False))
    yield served
    await served.close()


@pytest.fixture
def workspace(town: Served) -> Driver:
    """The workspace as its people see it."""
    return Driver(town.workspace)


@pytest.fixture
def bot_settings(town: Served, demo_host: Path, tmp_path: Path) -> Settings:
    """The demo's settings."""
    more = {"operators": ("U0OMAR", "S0ONCALL"), "approvers": ("S0APPROVERS",)}
    slack = SlackSettings(
        bot_token=DEFAULT_BOT_TOKEN, app_token=DEFAULT_APP_TOKEN, api_url=town.api_url, channel="C0OPS"
    )
    return Settings(settings_of(demo_host, tmp_path / "state", **more), slack)


@pytest.fixture
async def bot(bot_settings: Settings, workspace: Driver) -> AsyncIterator[Running]:
    """The bot, connected."""
    async with connected(bot_settings) as bot:
        await workspace.wait_for_app()
        yield bot


def connected(settings: Settings) -> AbstractAsyncContextManager[Running]:
    """A bot with these settings."""
    return running(settings)
