"""One value of a Reply in plain words, for every face; how a moment is written is the face's own."""

from collections.abc import Callable
from datetime import datetime

from commands.ops.history.ages import moment
from commands.reply import Size, Span, Value, When
from commands.wording.figures import size, span

UNKNOWN = "not measured"


def in_words(value: Value, moment: Callable[[datetime], str]) -> str:
    """`not measured`, `29.4 MiB`, `12 min`, `1,568`; a text as it is."""
    if value is None:
        return UNKNOWN
    if isinstance(value, When):
        return moment(value.at)
    if isinstance(value, Size):
        return size(value.bytes)
    if isinstance(value, Span):
        return span(value.seconds)
    return f"{value:,}" if isinstance(value, int) else str(value)


def moment_or_text(text: str) -> Value:
    """A cell of the registry that may hold a time: shown in the reader's zone then, as any other time is."""
    at = moment(text)
    return When(at) if at else text


def is_figure(value: Value) -> bool:
    """Whether a column of such values stands right."""
    return value is None or isinstance(value, int | float | Size | Span)
