"""What the Slack face is told from outside, and the one place that reads all settings."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pydantic import AliasChoices, Field, SecretStr, field_validator, model_validator

from commands.ops.errors import NotReadable
from commands.ops.host_settings import Section
from commands.ops.settings import (
    PREFIX,
    FileBackedSettings,
    Names,
    OpsSettings,
    given_names,
    read_settings,
    unknown_names,
)

SLACK_API_URL = "https://slack.com/api/"


def _slack_name(name: str) -> AliasChoices:
    """`SLACK_BOT_TOKEN` in the environment, `bot_token` from code."""
    return AliasChoices(f"SLACK_{name}".upper(), name)


class SlackSettings(FileBackedSettings):
    """Tokens, the API's address, channels and whom to mention.

    A token may come from the file that `SLACK_BOT_TOKEN_FILE` or `SLACK_APP_TOKEN_FILE` names.
    """

    bot_token: SecretStr = Field(validation_alias=_slack_name("bot_token"))
    app_token: SecretStr = Field(validation_alias=_slack_name("app_token"))
    api_url: str = Field(SLACK_API_URL, validation_alias=_slack_name("api_url"))
    channel: str | None = None
    escalation_channel: str | None = None
    on_call: Names = ()

    @model_validator(mode="before")
    @classmethod
    def _tokens_from_files(cls, values: dict[str, object]) -> dict[str, object]:
        given = given_names()
        for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
            if file := given.get(f"{name}_FILE"):
                values.setdefault(name, _secret(name, Path(file)))
        return values

    @field_validator("bot_token")
    @classmethod
    def _is_bot_token(cls, token: SecretStr) -> SecretStr:
        return _kind(token, "xoxb-", "a bot token")

    @field_validator("app_token")
    @classmethod
    def _is_app_token(cls, token: SecretStr) -> SecretStr:
        return _kind(token, "xapp-", "an app-level token")

    @field_validator("api_url")
    @classmethod
    def _ends_with_slash(cls, url: str) -> str:
        return url if url.endswith("/") else f"{url}/"


@dataclass(frozen=True, slots=True)
class Settings:
    """Both halves."""

    ops: OpsSettings
    slack: SlackSettings

    @classmethod
    def read(cls) -> Self:
        """Read them all.

        Raises:
            NotReadable: something is missing, malformed or unknown.
        """
        return cls(read_ops_settings(), read_settings(SlackSettings))

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be said."""
        return (self.slack.bot_token.get_secret_value(), self.slack.app_token.get_secret_value())


def read_ops_settings() -> OpsSettings:
    """The core's settings alone, for the terminal, after a look at every `WAVEWARDEN_…` name.

    Raises:
        NotReadable: something is missing, malformed or unknown.
    """
    if unknown := unknown_names(given_names(), known_names()):
        raise NotReadable(unknown[0])
    return read_settings(OpsSettings)


def known_names() -> frozenset[str]:
    """Every `WAVEWARDEN_…` name that is read from the environment; tables of the TOML file have none."""
    ops = {name for name, field in OpsSettings.model_fields.items() if not _is_table(field.annotation)}
    fields = {*ops, "channel", "escalation_channel", "on_call"}
    return frozenset(f"{PREFIX}{field.upper()}" for field in fields)


def _is_table(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Section)


def loaded_secrets() -> tuple[str, ...]:
    """The tokens that this process could say by mistake, whether they are well-formed or not."""
    given = given_names()
    return tuple(value for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN") if (value := given.get(name, "")))


def _secret(name: str, file: Path) -> str:
    try:
        return file.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"the file that {name}_FILE names cannot be read: {error}") from None


def _kind(token: SecretStr, prefix: str, what: str) -> SecretStr:
    if not token.get_secret_value().startswith(prefix):
        raise ValueError(f"{what} begins with {prefix}")
    return token
