"""The settings are read: from the environment, `.env` and a TOML file, each held to what its record says.

What does it (pydantic-settings) takes 10 MiB and is done in a moment: a process that stays does not import this.
"""

import os
import tomllib
from collections.abc import Iterable
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from dotenv import dotenv_values
from pydantic import ValidationError, create_model
from pydantic.functional_validators import BeforeValidator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from commands.ops.errors import NotReadable
from commands.ops.settings import PREFIX, Names, Pairs

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

DOTENV = Path(".env")
# Of a word that a table does not know; a keyword argument is nothing to an operator.
WORDED = {"unexpected_keyword_argument": "Extra inputs are not permitted"}


def _names(value: object) -> object:
    """`a, b` from the environment becomes (`a`, `b`); a TOML list stays."""
    return (
        tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value
    )


def _pairs(value: object) -> object:
    """`os:ann=U1, os:bob=U2` from the environment becomes a mapping; a TOML table stays."""
    if not isinstance(value, str):
        return value
    pairs = [part.partition("=") for part in value.split(",") if part.strip()]
    if not all(left.strip() and right.strip() for left, _, right in pairs):
        raise ValueError("must be written os:NAME=U…, comma-separated")
    return {left.strip(): right.strip() for left, _, right in pairs}


# How a kind of setting is written in one line of the environment.
WRITTEN: dict[object, object] = {
    Names: Annotated[Names, NoDecode, BeforeValidator(_names)],
    Pairs: Annotated[Pairs, NoDecode, BeforeValidator(_pairs)],
}


class Sources(BaseSettings):
    """Where settings come from: the environment, then `.env`, then the TOML file that `WAVEWARDEN_CONFIG` names.

    `populate_by_name`: the TOML file says `bot_token`, the environment `SLACK_BOT_TOKEN`.
    """

    model_config = SettingsConfigDict(
        extra="ignore", env_ignore_empty=True, env_file=DOTENV, env_prefix=PREFIX, populate_by_name=True
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Nearest first."""
        del file_secret_settings  # secrets come from NAME_FILE, see bot.settings_reading
        toml = TomlConfigSettingsSource(settings_cls, _config_file())
        return init_settings, env_settings, dotenv_settings, toml


Record = TypeVar("Record", bound="DataclassInstance")


def read_settings(kind: type[Record], sources: type[Sources] = Sources) -> Record:
    """Read one record from everywhere. `sources` may check more than the record's own bounds.

    Raises:
        NotReadable: something is missing or malformed; the sentence names it and the remedy.
    """
    # pydantic takes a dataclass's field for its own: default, name in the environment, and whether it is shown
    read: dict[str, Any] = {
        setting.name: (WRITTEN.get(setting.type, setting.type), setting) for setting in fields(kind)
    }
    try:
        found = create_model(kind.__name__, __base__=sources, **read)()
    except ValidationError as error:
        raise NotReadable(_sentence(error)) from None
    except (OSError, tomllib.TOMLDecodeError) as error:
        config = given_names().get(f"{PREFIX}CONFIG")
        raise NotReadable(f"The settings file {config} cannot be read: {error}.") from None
    return kind(**{name: getattr(found, name) for name in read})


def _config_file() -> Path | None:
    """The TOML file that is named; one that is not there is an error, which the source itself would pass over.

    Raises:
        FileNotFoundError: the file that is named is not there.
    """
    config = given_names().get(f"{PREFIX}CONFIG")
    return Path(config).resolve(strict=True) if config else None


def given_names() -> dict[str, str]:
    """Every name that the environment or `.env` gives, the environment first."""
    dotenv = {name: value for name, value in dotenv_values(DOTENV).items() if value is not None}
    return {**dotenv, **os.environ}


def unknown_names(given: Iterable[str], known: Iterable[str]) -> list[str]:
    """A sentence for each `WAVEWARDEN_…` name that nobody reads; pydantic-settings lets them pass."""
    known = sorted(known)
    unknown = sorted(name for name in given if name.startswith(PREFIX) and name not in known)
    return [_unknown(name, known) for name in unknown]


def _unknown(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}?" if near else f"the settings are {', '.join(known)}."
    return f"{name} is not a setting: {hint}"


def _sentence(error: ValidationError) -> str:
    found = error.errors()
    missing = [_name(one["loc"]) for one in found if one["type"] == "missing"]
    if missing:
        them = "is not set: put it" if len(missing) == 1 else "are not set: put them"
        return f"{' and '.join(missing)} {them} into the environment or .env."
    said = WORDED.get(found[0]["type"], found[0]["msg"].removeprefix("Value error, "))
    return f"{_name(found[0]['loc'])} is not usable: {said}."


def _name(place: tuple[int | str, ...]) -> str:
    """`WAVEWARDEN_ROOT`, `SLACK_BOT_TOKEN`; in a table of the TOML file `tree.registry`."""
    name = ".".join(map(str, place))
    return name if "." in name or name.startswith("SLACK_") else f"{PREFIX}{name.upper()}"
