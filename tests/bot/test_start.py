"""Starting: wrong tokens, a second bot, what is asked of Slack."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.check.live import check_live
from bot.run import Running
from bot.settings import Settings, SlackSettings
from bot.workspace.driver import Driver
from commands.ops.errors import NotReadable, Refusal
from tests.bot.conftest import connected


def _with(settings: Settings, **changes: SecretStr | str) -> Settings:
    return Settings(settings.ops, settings.slack.model_copy(update=changes))


@pytest.mark.parametrize(
    ("name", "token", "said"),
    [
        (
            "bot_token",
            "xoxb-wrong",
            r"Slack refuses the bot token \(SLACK_BOT_TOKEN\): invalid_auth; copy the token again",
        ),
        ("app_token", "xapp-wrong", r"Slack refuses the app-level token \(SLACK_APP_TOKEN\): invalid_auth"),
    ],
)
async def test_a_wrong_token_ends_the_start_with_the_reason(
    name: str, token: str, said: str, bot_settings: Settings
) -> None:
    with pytest.raises(NotReadable, match=said):
        async with connected(_with(bot_settings, **{name: SecretStr(token)})):
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


async def test_tokens_may_come_from_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bot").write_text("xoxb-from-a-file\n")
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", str(tmp_path / "bot"))
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-given")
    settings = SlackSettings()
    assert settings.bot_token.get_secret_value() == "xoxb-from-a-file"
    assert "xoxb" not in repr(settings)


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
    (only,) = await check_live(_with(bot_settings, bot_token=SecretStr("xoxb-wrong")).slack, set())
    assert (only.state, "invalid_auth" in only.found) == ("trouble", True)
    wrong = _with(bot_settings, channel="C0NONE", app_token=SecretStr("xapp-wrong"))
    found = await check_live(wrong.slack, set())
    troubles = {check.what: check.found for check in found if check.state == "trouble"}
    assert troubles.keys() == {"Socket Mode", "channel C0NONE"}
    assert troubles["Socket Mode"].startswith(
        "Slack refuses the app-level token (SLACK_APP_TOKEN): invalid_auth"
    )
