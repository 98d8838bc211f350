"""What Slack lets a manifest say, as data.

The numbers are those of https://github.com/slackapi/manifest-schema (version 2), of which only the parts that
matter to a workspace are here; whatever else a manifest holds is passed over.
"""

from collections.abc import Iterator, Mapping

from bot.workspace.blockkit.problem import Problem
from bot.workspace.blockkit.rules import Among, Flag, Rule, String, Written
from bot.workspace.blockkit.shapes import Many, Shape, Together


def _open(
    required: Mapping[str, Rule] | None = None,
    optional: Mapping[str, Rule] | None = None,
    together: tuple[Together, ...] = (),
) -> Shape:
    return Shape(required or {}, optional or {}, together, open=True)


def _commands_differ(features: Mapping[str, object], path: str) -> Iterator[Problem]:
    commands = features.get("slash_commands")
    seen: set[object] = set()
    for place, command in enumerate(commands if isinstance(commands, list) else []):
        name = command.get("command") if isinstance(command, dict) else None
        if isinstance(name, str):
            if name in seen:
                yield Problem(f"{path}.slash_commands[{place}].command", f'"{name}" already exists')
            seen.add(name)


_COMMAND = _open(
    required={
        "command": Written(r"/\S{1,31}", "a slash and at most 31 characters without spaces"),
        "description": String(2000),
    },
    optional={"usage_hint": String(1000), "should_escape": Flag()},
)
_SHORTCUT = _open(
    required={
        "name": String(24),
        "type": Among(("message", "global")),
        "callback_id": String(255),
        "description": String(150),
    }
)
_HOME = _open(
    optional={
        "home_tab_enabled": Flag(),
        "messages_tab_enabled": Flag(),
        "messages_tab_read_only_enabled": Flag(),
    }
)
_FEATURES = _open(
    optional={
        "app_home": _HOME,
        "bot_user": _open(required={"display_name": String(80)}),
        "slash_commands": Many(_COMMAND, 50),
        "shortcuts": Many(_SHORTCUT, 10),
    },
    together=(_commands_differ,),
)
_NAMES_255 = Many(String(50), 255, min=0)
_EVENTS = _open(optional={"bot_events": Many(String(50), 100, min=0)})
MANIFEST = _open(
    required={"display_information": _open(required={"name": String(35)})},
    optional={
        "features": _FEATURES,
        "oauth_config": _open(optional={"scopes": _open(optional={"bot": _NAMES_255})}),
        "settings": _open(
            optional={
                "socket_mode_enabled": Flag(),
                "interactivity": _open(required={"is_enabled": Flag()}),
                "event_subscriptions": _EVENTS,
            }
        ),
    },
)
