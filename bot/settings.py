"""What the Slack face is told from outside, and both halves of the settings together."""

from dataclasses import dataclass, field

from commands.ops.settings import Names, OpsSettings

SLACK_API_URL = "https://slack.com/api/"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """Tokens, the API's address (it ends with a slash), channels and whom to mention; no token is in its `repr`.

    A token may come from the file that `SLACK_BOT_TOKEN_FILE` or `SLACK_APP_TOKEN_FILE` names.
    """

    bot_token: str = field(repr=False, metadata={"validation_alias": "SLACK_BOT_TOKEN"})
    app_token: str = field(repr=False, metadata={"validation_alias": "SLACK_APP_TOKEN"})
    api_url: str = field(default=SLACK_API_URL, metadata={"validation_alias": "SLACK_API_URL"})
    channel: str | None = None
    escalation_channel: str | None = None
    on_call: Names = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Both halves."""

    ops: OpsSettings
    slack: SlackSettings

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be said."""
        return (self.slack.bot_token, self.slack.app_token)
