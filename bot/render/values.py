"""One value of a Reply, in mrkdwn, in plain text, in a table's cell."""

from datetime import UTC, datetime
from typing import Any

from bot.render.escape import clipped, escape, visible
from commands.reply import Value, When
from commands.wording.values import UNKNOWN, in_words

DATE_FORMAT = "{date_short_pretty} at {time}"
CELL_LIMIT = 300  # characters of one cell: a table with more cannot be read


def plain(value: Value) -> str:
    """In words; a moment in UTC, for places that cannot show the reader's zone."""
    return in_words(value, utc)


def mrkdwn(value: Value) -> str:
    """Escaped; a moment in the reader's own zone."""
    if value is None:
        return f"_{UNKNOWN}_"
    return date(value.at) if isinstance(value, When) else escape(plain(value))


def date(at: datetime) -> str:
    """Slack's date: https://docs.slack.dev/messaging/formatting-message-text#date-formatting."""
    return f"<!date^{int(at.timestamp())}^{DATE_FORMAT}|{utc(at)}>"


def utc(at: datetime) -> str:
    """`2026-11-22 03:12 UTC`."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def cell(value: Value) -> dict[str, Any]:
    """A cell of a table block."""
    if isinstance(value, When):
        stamp = {
            "type": "date",
            "timestamp": int(value.at.timestamp()),
            "format": DATE_FORMAT,
            "fallback": utc(value.at),
        }
        return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [stamp]}]}
    text = clipped(visible(plain(value)), CELL_LIMIT)
    return {"type": "raw_text", "text": text or "\u2014"}
