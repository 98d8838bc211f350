"""Starting: wrong tokens, a second bot, what is asked of Slack."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.check.live import check_live
from bot.demo.child import bot_process, environment
from bot.run import Running
from bot.settings import Settings
from bot.workspace.app_identity import DEFAULT_APP_TOKEN, DEFAULT_BOT_TOKEN
from bot.workspace.driver import Driver
from bot.workspace.server import Served
from commands.ops.errors import NotReadable, Refusal
from tests.bot.conftest import ON_A_BUSY_MACHINE, connected


@pytest.mark.parametrize(
    ("bot_token", "app_token", "said"),
    [
        (
            "xoxb-wrong",
            DEFAULT_APP_TOKEN,
            r"Slack refuses the bot token \(SLACK_BOT_TOKEN\): invalid_auth; copy the token again",
        ),
        (
            DEFAULT_BOT_TOKEN,
            "xapp-wrong",
            r"Slack refuses the app-level token \(SLACK_APP_TOKEN\): invalid_auth",
        ),
    ],
)
async def test_a_wrong_token_ends_the_start_with_the_reason(
    bot_token: str, app_token: str, said: str, bot_settings: Settings
) -> None:
    slack = replace(bot_settings.slack, bot_token=bot_token, app_token=app_token)
    with pytest.raises(NotReadable, match=said):
        async with connected(replace(bot_settings, slack=slack)):
            pass


async def test_a_second_bot_on_one_state_directory_is_refused(bot: Running, bot_settings: Settings) -> None:
    assert bot.identity.user
    with pytest.raises(Refusal, match="Another bot runs on the state directory"):
        async with connected(bot_settings):
            pass


async def test_a_bot_that_ended_leaves_its_place_to_the_next(
    bot_settings: Settings, workspace: Driver
) -> None:
    for _ in range(2):
        async with connected(bot_settings):
            await workspace.wait_for_app()
        await workspace.wait_for_app(0)


def _libraries(pid: int) -> set[str]:
    """The files of compiled code that a process has loaded."""
    lines = Path(f"/proc/{pid}/maps").read_text().splitlines()
    return {Path(line.split()[-1]).name for line in lines if ".so" in line}


async def test_what_reads_the_settings_is_gone_once_the_bot_runs(
    town: Served, demo_host: Path, tmp_path: Path
) -> None:
    workspace = Driver(town.workspace, ON_A_BUSY_MACHINE)
    settings = environment(demo_host, tmp_path / "state", town.api_url)
    async with bot_process(tmp_path, settings) as bot:
        await workspace.wait_for_app()
        await workspace.person("Omar").slash("/batch status --batch 001")
        await workspace.wait_for("Batch 001 is at rest")
        loaded = _libraries(bot.pid)
    assert any(name.startswith("_http_parser.") for name in loaded), "a library that Python has loaded shows"
    assert not [name for name in loaded if "pydantic" in name]


async def test_check_live_asks_slack_for_all_that_the_bot_needs(bot_settings: Settings) -> None:
    found = await check_live(bot_settings.slack, {"S0APPROVERS", "S0NONE"})
    states = {check.what: check.state for check in found}
    assert states == {
        "bot token": "ok",
        "scopes": "ok",
        "Socket Mode": "ok",
        "channel C0OPS": "ok",
        "group S0APPROVERS": "ok",
        "group S0NONE": "trouble",
        "blocks": "ok",
    }


async def test_check_live_names_a_wrong_token_and_a_wrong_channel(bot_settings: Settings) -> None:
    (only,) = await check_live(replace(bot_settings.slack, bot_token="xoxb-wrong"), set())
    assert (only.state, "invalid_auth" in only.found) == ("trouble", True)
    wrong = replace(bot_settings.slack, channel="C0NONE", app_token="xapp-wrong")
    found = await check_live(wrong, set())
    troubles = {check.what: check.found for check in found if check.state == "trouble"}
    assert troubles.keys() == {"Socket Mode", "channel C0NONE"}
    assert troubles["Socket Mode"].startswith(
        "Slack refuses the app-level token (SLACK_APP_TOKEN): invalid_auth"
    )
