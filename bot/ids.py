"""The ids that blocks carry and listeners look for, and what a button's value says."""

import json
import re
from dataclasses import dataclass

LINE_FORM = "line"  # the callback_id of every form of ours
ESCALATE_MESSAGE = "escalate_message"  # of the message shortcut
LINE_ACTION = re.compile(r"^line:\d+$")
VALUE_LIMIT = 2000  # characters of a button's value


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button asks for; `asks`: it will answer with a form."""

    line: str
    asks: bool = False


def line_action(position: int) -> str:
    """The action_id of the button at this position of its message."""
    return f"line:{position}"


def to_value(pressed: Pressed) -> str:
    """A button's value.

    Raises:
        ValueError: the line is too long for a button.
    """
    value = json.dumps({"line": pressed.line} | ({"asks": True} if pressed.asks else {}), ensure_ascii=False)
    if len(value) > VALUE_LIMIT:
        raise ValueError(f"a button cannot carry a line of {len(pressed.line)} characters")
    return value


def from_value(value: str) -> Pressed:
    """What `to_value` wrote; Slack gives values back as they were sent."""
    given = json.loads(value)
    return Pressed(str(given["line"]), bool(given.get("asks")))
