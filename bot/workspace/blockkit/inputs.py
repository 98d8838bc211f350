"""Fields people type into, and file uploads: elements of input blocks only.

https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element and its neighbours.
"""

from collections.abc import Mapping

from bot.workspace.blockkit.elements import DISPATCHABLE, FOCUSABLE, PLACEHOLDER, element
from bot.workspace.blockkit.rich_text import RICH_TEXT
from bot.workspace.blockkit.rules import Flag, Rule, String, Whole, Written
from bot.workspace.blockkit.shapes import Many, OneOf
from bot.workspace.blockkit.together import in_order

_TYPED: Mapping[str, Rule] = {**DISPATCHABLE, **FOCUSABLE, **PLACEHOLDER}
_DECIMAL = Written(r"-?\d+(\.\d+)?", "a number written as a string")
_LINES = Whole(min=1, max=100)

PLAIN_TEXT_INPUT = element(
    "plain_text_input",
    optional={
        "initial_value": String(3000, min=0),
        "multiline": Flag(),
        "min_length": Whole(min=0, max=3000),
        "max_length": Whole(min=1, max=3000),
        **_TYPED,
    },
    together=[in_order("min_length", "max_length")],
)

NUMBER_INPUT = element(
    "number_input",
    required={"is_decimal_allowed": Flag()},
    optional={"initial_value": _DECIMAL, "min_value": _DECIMAL, "max_value": _DECIMAL, **_TYPED},
    together=[in_order("min_value", "initial_value", "max_value")],
)

RICH_TEXT_INPUT = element(
    "rich_text_input",
    optional={
        "initial_value": OneOf({"rich_text": RICH_TEXT}),
        "min_lines": _LINES,
        "max_lines": _LINES,
        **_TYPED,
    },
    together=[in_order("min_lines", "max_lines")],
)

EMAIL_INPUT = element("email_text_input", optional={"initial_value": String(min=0), **_TYPED})
URL_INPUT = element("url_text_input", optional={"initial_value": String(min=0), **_TYPED})
FILE_INPUT = element("file_input", optional={"filetypes": Many(String()), "max_files": Whole(min=1, max=10)})
