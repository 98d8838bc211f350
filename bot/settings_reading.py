"""The one place that reads all settings; as a program, it reads them for the bot, which stays without what reads them."""

import pickle
import sys
from dataclasses import fields
from pathlib import Path

from pydantic import field_validator, model_validator

from bot.settings import Settings, SlackSettings
from commands.ops.errors import NotReadable, OpsError
from commands.ops.settings import PREFIX, OpsSettings, is_table, name_of
from commands.ops.settings_reading import Sources, given_names, read_settings, unknown_names

TOKENS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")


class SlackSources(Sources):
    """Tokens may lie in files, and must look like what they are."""

    @model_validator(mode="before")
    @classmethod
    def _tokens_from_files(cls, values: dict[str, object]) -> dict[str, object]:
        given = given_names()
        for name in TOKENS:
            if file := given.get(f"{name}_FILE"):
                values.setdefault(name, _secret(name, Path(file)))
        return values

    @field_validator("bot_token", check_fields=False)
    @classmethod
    def _is_bot_token(cls, token: str) -> str:
        return _kind(token, "xoxb-", "a bot token")

    @field_validator("app_token", check_fields=False)
    @classmethod
    def _is_app_token(cls, token: str) -> str:
        return _kind(token, "xapp-", "an app-level token")

    @field_validator("api_url", check_fields=False)
    @classmethod
    def _ends_with_slash(cls, url: str) -> str:
        return url if url.endswith("/") else f"{url}/"


def read_all_settings() -> Settings:
    """Read them all.

    Raises:
        NotReadable: something is missing, malformed or unknown.
    """
    return Settings(read_ops_settings(), read_slack_settings())


def read_slack_settings() -> SlackSettings:
    """The Slack face's settings alone.

    Raises:
        NotReadable: something is missing or malformed.
    """
    return read_settings(SlackSettings, SlackSources)


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
    settings = (*fields(OpsSettings), *fields(SlackSettings))
    names = (name_of(setting) for setting in settings if not is_table(setting))
    return frozenset(name for name in names if name.startswith(PREFIX))


def loaded_secrets() -> tuple[str, ...]:
    """The tokens that this process could say by mistake, whether they are well-formed or not."""
    given = given_names()
    return tuple(value for name in TOKENS if (value := given.get(name, "")))


def _secret(name: str, file: Path) -> str:
    try:
        return file.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"the file that {name}_FILE names cannot be read: {error}") from None


def _kind(token: str, prefix: str, what: str) -> str:
    if not token.startswith(prefix):
        raise ValueError(f"{what} begins with {prefix}")
    return token


def main() -> None:
    """Write the settings, or the sentence that says what is wrong with them, for the process that started this one."""
    found: Settings | OpsError
    try:
        found = read_all_settings()
    except OpsError as error:
        found = error
    pickle.dump(found, sys.stdout.buffer)


if __name__ == "__main__":
    main()
