"""User groups and names, as Slack tells them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from bot.directory import Directory, SlackRoles, groups_in
from bot.workspace.app_identity import DEFAULT_BOT_TOKEN
from bot.workspace.server import Served
from commands.ops.roles import Caller, Role
from tests.clocks import MovedClock
from tests.commands.conftest import settings_of

ASHA = Caller("U0ASHA", "Asha", "slack")


@pytest.fixture
async def client(town: Served) -> AsyncIterator[AsyncWebClient]:
    async with ClientSession() as session:
        yield AsyncWebClient(DEFAULT_BOT_TOKEN, base_url=town.api_url, session=session, retry_handlers=[])


async def test_a_members_role_counts_for_a_day_with_slack_away(
    client: AsyncWebClient, town: Served, tmp_path: Path
) -> None:
    clock = MovedClock()
    settings = settings_of(tmp_path, tmp_path, approvers=("S0APPROVERS",))
    directory = Directory(client, clock, groups_in(settings))
    roles = SlackRoles(settings, directory)
    assert roles.role_of(ASHA) is Role.none, "not asked yet"
    await directory.refresh()
    assert roles.role_of(ASHA) is Role.approver
    await town.close()
    clock.move(24 * 3600)
    await directory.refresh()
    assert roles.role_of(ASHA) is Role.approver
    assert directory.problems[0].startswith("The members of user group S0APPROVERS could not be read:")
    clock.move(1)
    assert roles.role_of(ASHA) is Role.none


async def test_a_group_that_is_none_is_a_problem_and_not_a_crash(client: AsyncWebClient) -> None:
    directory = Directory(client, MovedClock(), ["S0NONE"])
    await directory.refresh()
    assert "S0NONE could not be read: no_such_subteam" in directory.problems[0]


async def test_people_have_names_and_strangers_their_id(client: AsyncWebClient) -> None:
    directory = Directory(client, MovedClock(), [])
    assert await directory.name_of("U0OMAR") == "Omar Haddad"
    assert await directory.name_of("U0NOBODY") == "U0NOBODY"
