"""The Slack settings, without asking Slack."""

from bot.settings import SLACK_API_URL, SlackSettings
from bot.settings_reading import read_slack_settings
from commands.ops.checks.finding import Check
from commands.ops.errors import NotReadable

AREA = "slack"


def read_slack() -> tuple[SlackSettings | None, list[Check]]:
    """The settings if they can be used, and what is to be said of them."""
    try:
        settings = read_slack_settings()
    except NotReadable as error:
        remedy = "only `wavewarden ask` works without Slack; see README.md, “Connect your Slack workspace”"
        return None, [Check(AREA, "tokens", error.sentence, "note", remedy)]
    return settings, [
        Check(AREA, "tokens", "a bot token and an app-level token"),
        Check(
            AREA,
            "API",
            settings.api_url,
            "ok" if settings.api_url == SLACK_API_URL else "note",
            _other(settings),
        ),
        _channel(settings),
    ]


def _other(settings: SlackSettings) -> str:
    return (
        ""
        if settings.api_url == SLACK_API_URL
        else "this is not Slack's own; unset SLACK_API_URL for the real one"
    )


def _channel(settings: SlackSettings) -> Check:
    if settings.channel:
        return Check(AREA, "channel", settings.channel)
    return Check(
        AREA, "channel", "none", "note", "set WAVEWARDEN_CHANNEL: alerts and plans have nowhere to go"
    )
