"""What a template may do to a value: times in UTC, text on one line, text that is no Markdown."""

from datetime import UTC, datetime

_MARKUP = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>|#"})


def moment(at: datetime) -> str:
    """`2026-11-22 03:13:05 UTC`."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def one_line(text: object) -> str:
    """Blanks for line ends: it must not look like a heading or another line."""
    return " ".join(str(text).split())


def inline(text: object) -> str:
    """On one line, and no Markdown: it may be what a log said."""
    return one_line(text).translate(_MARKUP)


FILTERS = {"moment": moment, "one_line": one_line, "inline": inline}
