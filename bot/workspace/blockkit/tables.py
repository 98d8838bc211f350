"""The table block.

https://docs.slack.dev/reference/block-kit/blocks/table-block
"""

from bot.workspace.blockkit.block import NOT_MODALS, block
from bot.workspace.blockkit.rich_text import RICH_TEXT
from bot.workspace.blockkit.rules import Among, Flag, Number, String
from bot.workspace.blockkit.shapes import Many, OneOf, OrNull, Shape, typed

CELL_CHARACTERS = 10_000
"""All cells of a message together."""

_CELL = OneOf(
    {
        "raw_text": typed("raw_text", required={"text": String()}),
        "raw_number": typed("raw_number", required={"value": Number(), "text": String()}),
        "rich_text": RICH_TEXT,
    }
)
_COLUMN = Shape(optional={"align": Among(("left", "center", "right")), "is_wrapped": Flag()})

TABLE = block(
    "table",
    NOT_MODALS,
    required={"rows": Many(Many(_CELL, 20), 100)},
    # null skips a column
    optional={"column_settings": Many(OrNull(_COLUMN), 20)},
)
