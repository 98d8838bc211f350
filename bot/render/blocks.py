"""The few blocks we use, each within its limit: https://docs.slack.dev/reference/block-kit/blocks."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.render.escape import clipped

Block = dict[str, Any]

SECTION_TEXT = 3000
FIELDS = 10
FIELD_TEXT = 2000
BUTTON_TEXT = 75
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
TABLE_ROWS, TABLE_COLUMNS = 100, 20
CONTEXT_TEXT = 2000
NOTHING = "\u2014"  # an empty text is refused


def mrkdwn(text: str, limit: int) -> Block:
    """A text object whose text was escaped already; `verbatim` keeps names and addresses from becoming links."""
    return {"type": "mrkdwn", "text": clipped(text, limit) if text.strip() else NOTHING, "verbatim": True}


def plain_text(text: str, limit: int) -> Block:
    """A text object that knows no markup."""
    return {"type": "plain_text", "text": clipped(text, limit) if text.strip() else NOTHING, "emoji": False}


def section(text: str) -> Block:
    """A paragraph."""
    return {"type": "section", "text": mrkdwn(text, SECTION_TEXT)}


def fields(pairs: Iterable[tuple[str, str]]) -> list[Block]:
    """Labelled figures in two columns, ten to a section."""
    made = [mrkdwn(f"*{label}*\n{value}", FIELD_TEXT) for label, value in pairs]
    return [
        {"type": "section", "fields": made[start : start + FIELDS]} for start in range(0, len(made), FIELDS)
    ]


def context(text: str) -> Block:
    """A small grey line."""
    return {"type": "context", "elements": [mrkdwn(text, CONTEXT_TEXT)]}


def preformatted(text: str) -> Block:
    """Machine text: rich text needs no escaping and cannot be broken out of."""
    inner = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [inner]}


def table(rows: Sequence[Sequence[Block]], figures: Sequence[bool]) -> Block:
    """A table of at most 100 rows and 20 columns, headings first; columns of figures stand right."""
    settings = [{"align": "right"} if figure else {"align": "left", "is_wrapped": True} for figure in figures]
    return {"type": "table", "column_settings": settings, "rows": [list(row) for row in rows]}


def weight(block: Any) -> int:
    """Its characters, for the sum of about 13,200 a message (bolt-js#2509)."""
    if isinstance(block, str):
        return len(block)
    if isinstance(block, dict):
        return sum(
            weight(value) for key, value in block.items() if key in _COUNTED or not isinstance(value, str)
        )
    return sum(weight(item) for item in block) if isinstance(block, list) else 0


_COUNTED = frozenset({"text", "fallback", "value", "url", "alt_text"})
