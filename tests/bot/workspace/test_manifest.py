"""Manifests: what is read from one, and what is refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.workspace.manifest import (
    AppHome,
    Manifest,
    ManifestError,
    Shortcut,
    SlashCommand,
    manifest_from,
    read_manifest,
)

Json = dict[str, Any]

FULL = """
_metadata:
  major_version: 2
display_information:
  name: Wavewarden
  description: chat-ops for batch hosts
features:
  app_home: {home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false}
  bot_user: {display_name: wavewarden, always_online: true}
  slash_commands:
    - command: /batch
      description: look at a batch
      usage_hint: "status | wave 5"
      should_escape: true
    - command: /escalate
      description: call for help
  shortcuts:
    - {name: Show the wave, type: message, callback_id: show_wave, description: opens it}
oauth_config:
  scopes:
    bot: [commands, "chat:write"]
settings:
  event_subscriptions:
    bot_events: [app_mention, message.im]
  interactivity: {is_enabled: true}
  socket_mode_enabled: true
  org_deploy_enabled: false
"""


def test_a_yaml_manifest_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "manifest.yml"
    path.write_text(FULL)
    assert read_manifest(path) == Manifest(
        name="Wavewarden",
        bot_name="wavewarden",
        commands=(
            SlashCommand("/batch", "look at a batch", "status | wave 5", should_escape=True),
            SlashCommand("/escalate", "call for help"),
        ),
        shortcuts=(Shortcut("Show the wave", "message", "show_wave", "opens it"),),
        bot_scopes=("commands", "chat:write"),
        bot_events=("app_mention", "message.im"),
        socket_mode=True,
        interactivity=True,
        app_home=AppHome(home_tab=True, messages_tab=True),
    )


def test_a_json_manifest_is_read_though_it_is_no_yaml(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({"display_information": {"name": "Other"}}, indent="\t"))
    assert read_manifest(path) == Manifest(name="Other", bot_name="Other")


def test_a_manifest_that_says_only_a_name_has_everything_off() -> None:
    assert manifest_from({"display_information": {"name": "x"}}) == Manifest(name="x", bot_name="x")


def test_fields_nobody_here_knows_are_passed_over() -> None:
    content = {
        "display_information": {"name": "x", "new": 1},
        "features": {"agent_view": {}},
        "functions": {},
    }
    assert manifest_from(content).name == "x"


def _name(size: int) -> Json:
    return {"display_information": {"name": "x" * size}}


def _features(**features: object) -> Json:
    return {**_name(1), "features": features}


def _command(**more: object) -> Json:
    return _features(slash_commands=[{"command": "/x", "description": "x", **more}])


def _shortcut(**more: object) -> Json:
    known = {"name": "x", "type": "global", "callback_id": "x", "description": "x"}
    return _features(shortcuts=[{**known, **more}])


def _scopes(*scopes: str) -> Json:
    return {**_name(1), "oauth_config": {"scopes": {"bot": list(scopes)}}}


LIMITS: tuple[tuple[str, int, Callable[[int], Json], str], ...] = (
    ("a name holds 35 characters", 35, _name, "display_information.name"),
    (
        "a bot's name holds 80 characters",
        80,
        lambda n: _features(bot_user={"display_name": "x" * n}),
        "features.bot_user.display_name",
    ),
    (
        "a command holds 32 characters with its slash",
        32,
        lambda n: _command(command="/" + "x" * (n - 1)),
        "features.slash_commands[0].command",
    ),
    (
        "a command's description holds 2000 characters",
        2000,
        lambda n: _command(description="x" * n),
        "features.slash_commands[0].description",
    ),
    (
        "a usage hint holds 1000 characters",
        1000,
        lambda n: _command(usage_hint="x" * n),
        "features.slash_commands[0].usage_hint",
    ),
    (
        "an app has 50 slash commands",
        50,
        lambda n: _features(slash_commands=[{"command": f"/x{i}", "description": "x"} for i in range(n)]),
        "features.slash_commands",
    ),
    (
        "an app has 10 shortcuts",
        10,
        lambda n: _features(shortcuts=_shortcut()["features"]["shortcuts"] * n),
        "features.shortcuts",
    ),
    (
        "a shortcut's name holds 24 characters",
        24,
        lambda n: _shortcut(name="x" * n),
        "features.shortcuts[0].name",
    ),
    (
        "a shortcut's callback_id holds 255 characters",
        255,
        lambda n: _shortcut(callback_id="x" * n),
        "features.shortcuts[0].callback_id",
    ),
    (
        "a shortcut's description holds 150 characters",
        150,
        lambda n: _shortcut(description="x" * n),
        "features.shortcuts[0].description",
    ),
    ("a scope holds 50 characters", 50, lambda n: _scopes("x" * n), "oauth_config.scopes.bot[0]"),
    ("an app has 255 scopes", 255, lambda n: _scopes(*["x"] * n), "oauth_config.scopes.bot"),
)


@pytest.mark.parametrize(("most", "build", "path"), [x[1:] for x in LIMITS], ids=[x[0] for x in LIMITS])
def test_a_manifest_is_taken_at_the_limit_and_refused_one_over(
    most: int, build: Callable[[int], Json], path: str
) -> None:
    manifest_from(build(most))
    with pytest.raises(ManifestError) as refused:
        manifest_from(build(most + 1), "manifest.yml")
    assert str(refused.value).startswith(f"manifest.yml: {path}: ")


REFUSED: tuple[tuple[object, str], ...] = (
    ([], "manifest.yml: must provide an object."),
    ({}, "manifest.yml: missing required field: display_information."),
    (_name(0), "manifest.yml: display_information.name: must be more than 0 characters."),
    (
        _command(command="batch"),
        "manifest.yml: features.slash_commands[0].command: must be a slash and at most 31 characters without spaces.",
    ),
    (
        _command(usage_hint=["wave"]),
        "manifest.yml: features.slash_commands[0].usage_hint: must provide a string.",
    ),
    (
        _shortcut(type="channel"),
        "manifest.yml: features.shortcuts[0].type: must be a valid enum value (message, global).",
    ),
    (
        _features(slash_commands=[{"command": "/x", "description": "x"}] * 2),
        'manifest.yml: features.slash_commands[1].command: "/x" already exists.',
    ),
    (
        {**_name(1), "settings": {"socket_mode_enabled": "yes"}},
        "manifest.yml: settings.socket_mode_enabled: must provide a boolean.",
    ),
)


@pytest.mark.parametrize(("content", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_a_wrong_manifest_is_refused_with_one_sentence(content: object, said: str) -> None:
    with pytest.raises(ManifestError) as refused:
        manifest_from(content, "manifest.yml")
    assert str(refused.value) == said


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match=r"gone\.yml cannot be read: No such file or directory\.$"):
        read_manifest(tmp_path / "gone.yml")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bad.yml", b"a: [1"),
        ("bad.json", b"{"),
        ("bad.yml", b"\xff\xfe\x00"),
        ("bad.yml", b"a: !!python/none x"),
    ],
)
def test_a_file_that_is_no_manifest_is_named_in_one_line(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ManifestError, match=r"is not a manifest: .+\.$") as refused:
        read_manifest(path)
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)
