"""An app's manifest: what the workspace must know of the app that is installed in it.

Its limits stand in `manifest_limits`; any Bolt app's manifest can be read.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

from bot.workspace.manifest_limits import MANIFEST

Json = Mapping[str, Any]


class ManifestError(Exception):
    """The manifest cannot be used; one sentence that names the file and the place in it."""


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """A slash command: `command` with its slash; `usage_hint` is empty where there is none."""

    command: str
    description: str
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut: `type` is `global` or `message`."""

    name: str
    type: str
    callback_id: str
    description: str


@dataclass(frozen=True, slots=True)
class AppHome:
    """Which tabs of its App Home an app has switched on."""

    home_tab: bool = False
    messages_tab: bool = False
    messages_read_only: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says about an app; switches it leaves out are off."""

    name: str
    bot_name: str
    commands: tuple[SlashCommand, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    bot_scopes: tuple[str, ...] = ()
    bot_events: tuple[str, ...] = ()
    socket_mode: bool = False
    interactivity: bool = False
    app_home: AppHome = AppHome()


def read_manifest(path: Path) -> Manifest:
    """Read an app's manifest.

    Args:
        path: A YAML file, or JSON where its name ends in `.json`.

    Returns:
        The manifest.

    Raises:
        ManifestError: The file cannot be read, is not YAML or JSON, or says something Slack would refuse.
    """
    try:
        words = path.read_text(encoding="utf-8-sig")
        content = json.loads(words) if path.suffix == ".json" else yaml.safe_load(words)
    except OSError as error:
        raise ManifestError(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, yaml.YAMLError) as error:
        raise ManifestError(f"{path} is not a manifest: {' '.join(str(error).split())}.") from None
    return manifest_from(content, str(path))


def manifest_from(content: object, origin: str = "the manifest") -> Manifest:
    """Check a decoded manifest and take from it what the workspace needs.

    Args:
        content: The decoded YAML or JSON.
        origin: What to call it in an error: the file's name.

    Returns:
        The manifest.

    Raises:
        ManifestError: Slack would refuse it; the sentence names the first place.
    """
    for problem in MANIFEST.problems(content, ""):
        place = f"{problem.path}: " if problem.path else ""
        raise ManifestError(f"{origin}: {place}{problem.sentence}.")
    return _from_checked(cast("Json", content))


def _from_checked(content: Json) -> Manifest:
    name = content["display_information"]["name"]
    features, settings = content.get("features", {}), content.get("settings", {})
    return Manifest(
        name=name,
        bot_name=features.get("bot_user", {}).get("display_name", name),
        commands=tuple(_command(each) for each in features.get("slash_commands", ())),
        shortcuts=tuple(_shortcut(each) for each in features.get("shortcuts", ())),
        bot_scopes=tuple(content.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
        bot_events=tuple(settings.get("event_subscriptions", {}).get("bot_events", ())),
        socket_mode=settings.get("socket_mode_enabled", False),
        interactivity=settings.get("interactivity", {}).get("is_enabled", False),
        app_home=_app_home(features.get("app_home", {})),
    )


def _command(given: Json) -> SlashCommand:
    return SlashCommand(
        command=given["command"],
        description=given["description"],
        usage_hint=given.get("usage_hint", ""),
        should_escape=given.get("should_escape", False),
    )


def _shortcut(given: Json) -> Shortcut:
    return Shortcut(
        name=given["name"],
        type=given["type"],
        callback_id=given["callback_id"],
        description=given["description"],
    )


def _app_home(given: Json) -> AppHome:
    return AppHome(
        home_tab=given.get("home_tab_enabled", False),
        messages_tab=given.get("messages_tab_enabled", False),
        messages_read_only=given.get("messages_tab_read_only_enabled", False),
    )
