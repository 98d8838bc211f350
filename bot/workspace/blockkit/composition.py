"""Composition objects: text, confirm dialogs, options, filters, files, icons.

https://docs.slack.dev/reference/block-kit/composition-objects
"""

from collections.abc import Iterator, Mapping

from bot.workspace.blockkit.problem import Problem
from bot.workspace.blockkit.rules import Among, Flag, Rule, String
from bot.workspace.blockkit.shapes import Many, OneOf, Shape, typed
from bot.workspace.blockkit.together import at_least_one, not_both

TEXT_MAX = 3000


def plain(most: int = TEXT_MAX) -> OneOf:
    """Take a `plain_text` object of 1 to `most` characters; `emoji` belongs to it, `verbatim` does not."""
    return OneOf({"plain_text": _plain(most)})


def text(most: int = TEXT_MAX) -> OneOf:
    """Take a `plain_text` or `mrkdwn` object of 1 to `most` characters; `verbatim` belongs to the latter only."""
    return OneOf({"plain_text": _plain(most), "mrkdwn": _mrkdwn(most)})


def _plain(most: int) -> Shape:
    return typed("plain_text", required={"text": String(most)}, optional={"emoji": Flag()})


def _mrkdwn(most: int) -> Shape:
    return typed("mrkdwn", required={"text": String(most)}, optional={"verbatim": Flag()})


STYLE = Among(("primary", "danger"))

# The reference's prose wants plain_text in `text`, its example uses mrkdwn; Slack takes both.
CONFIRM = Shape(
    required={"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    optional={"style": STYLE},
)


def _option(words: Rule, **more: Rule) -> Shape:
    return Shape(required={"text": words, "value": String(150)}, optional={"description": words, **more})


OPTION = _option(plain(75))
CHOICE = _option(text(75))
"""An option of checkboxes and radio buttons, which may be mrkdwn."""
OVERFLOW_OPTION = _option(plain(75), url=String(3000))
"""An option of an overflow menu, which may be a link."""
OPTION_GROUP = Shape(required={"label": plain(75), "options": Many(OPTION, 100)})

DISPATCH_ACTION_CONFIG = Shape(
    required={"trigger_actions_on": Many(Among(("on_enter_pressed", "on_character_entered")), 2)}
)

CONVERSATION_FILTER = Shape(
    optional={
        "include": Many(Among(("im", "mpim", "private", "public"))),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
    together=[at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users")],
)

SLACK_FILE = Shape(
    optional={"id": String(), "url": String(3000)},
    together=[at_least_one("id", "url"), not_both("id", "url")],
)


def one_picture(value: Mapping[str, object], path: str) -> Iterator[Problem]:
    """Demand that a picture comes from exactly one place."""
    yield from at_least_one("image_url", "slack_file")(value, path)
    yield from not_both("image_url", "slack_file")(value, path)


# The names Slack's validator listed for a task's icon in October 2026; the reference's list for cards has five more.
# fmt: off
_TASK_ICONS = (
    "archive", "book", "bookmark", "bot", "bug", "calendar", "caret-left", "caret-right", "check",
    "clipboard", "code", "comment", "compass", "copy", "cube", "download", "edit", "eye-closed", "eye-open",
    "flag", "folder", "gear", "globe", "heart", "help", "image", "info", "key", "lightbulb", "map",
    "mobile", "new-window", "pin", "plus", "refine", "refresh", "rocket", "save", "screen", "share",
    "sparkle", "star", "star-filled", "tag", "thumbs-down", "thumbs-up", "trash", "upload", "warning",
)
# fmt: on
TASK_ICON = OneOf({"icon": typed("icon", required={"name": Among(_TASK_ICONS)})})
CARD_ICON = OneOf(
    {"icon": typed("icon", required={"name": Among((*_TASK_ICONS, "call", "email", "file", "link", "user"))})}
)
