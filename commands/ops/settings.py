"""What the operator may set: read once, from the environment, `.env` and a TOML file."""

import os
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, TypeVar

from dotenv import dotenv_values
from pydantic import Field, ValidationError
from pydantic.functional_validators import BeforeValidator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from commands.ops.errors import NotReadable
from commands.ops.host_settings import (
    Agents,
    Approvals,
    Cleaning,
    DiskLevels,
    Ladder,
    Limits,
    Tools,
    Tree,
    Watch,
    Waves,
)

PREFIX = "WAVEWARDEN_"
DOTENV = Path(".env")


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


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_names)]
Pairs = Annotated[Mapping[str, str], NoDecode, BeforeValidator(_pairs)]


class FileBackedSettings(BaseSettings):
    """Settings read from the environment, then `.env`, then the TOML file that `WAVEWARDEN_CONFIG` names."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, env_file=DOTENV, env_prefix=PREFIX
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
        del file_secret_settings  # secrets come from NAME_FILE, see bot.settings
        toml = TomlConfigSettingsSource(settings_cls, _config_file())
        return init_settings, env_settings, dotenv_settings, toml


class OpsSettings(FileBackedSettings):
    """All that the ops core is told from outside.

    root: the batch host's tree. state: our own directory, outside the root.
    people: `os:NAME` → `U…`, who is the same person.
    """

    root: Path
    state: Path = Field(default_factory=lambda: default_state(os.environ))
    config: Path | None = None
    viewers: Names = ()
    operators: Names = ()
    approvers: Names = ()
    people: Pairs = {}
    page: str | None = None
    solo: bool = False
    tree: Tree = Tree()
    tools: Tools = Tools()
    agents: Agents = Agents()
    ladder: Ladder = Ladder()
    disk: DiskLevels = DiskLevels()
    cleaning: Cleaning = Cleaning()
    limits: Limits = Limits()
    approvals: Approvals = Approvals()
    watch: Watch = Watch()
    waves: Waves = Waves()


Settings = TypeVar("Settings", bound=FileBackedSettings)


def read_settings(kind: type[Settings]) -> Settings:
    """Read one class of settings from everywhere.

    Raises:
        NotReadable: something is missing or malformed; the sentence names it and the remedy.
    """
    try:
        return kind()
    except ValidationError as error:
        raise NotReadable(_sentence(error)) from None
    except (OSError, tomllib.TOMLDecodeError) as error:
        config = given_names().get(f"{PREFIX}CONFIG")
        raise NotReadable(f"The settings file {config} cannot be read: {error}.") from None


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


def default_state(environ: Mapping[str, str]) -> Path:
    """Where we keep our own files: systemd's state directory, else the user's."""
    if systemd := environ.get("STATE_DIRECTORY"):
        return Path(systemd.split(":")[0])
    home = environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(home) / "wavewarden"


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    name = place if "." in place or place.startswith("SLACK_") else f"{PREFIX}{place.upper()}"
    if first["type"] == "missing":
        return f"{name} is not set: put it into the environment or .env."
    return f"{name} is not usable: {first['msg'].removeprefix('Value error, ')}."
