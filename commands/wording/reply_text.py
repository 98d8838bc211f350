"""A Reply as plain text, for the field of a form: its verdict and figures."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from commands.reply import Diff, Facts, Image, Lines, Part, Reply, Table, Text, Value
from commands.wording.values import in_words


def short(reply: Reply) -> str:
    """The verdict, the figures of the summary, and what could not be read."""
    shown = [line for part in reply.parts if not part.evidence for line in _part(part)]
    return "\n".join((reply.headline, *shown, *_problems(reply)))


def utc(moment: datetime) -> str:
    """`2026-11-22 03:12:05 UTC`."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _part(part: Part) -> Iterator[str]:
    if not isinstance(part, Text | Image) and part.title:
        yield f"{part.title}:"
    yield from _body(part)


def _body(part: Part) -> Iterable[str]:
    if isinstance(part, Text):
        return (f"{part.lead}{part.text}",)
    if isinstance(part, Image):
        return (part.alt,)
    if isinstance(part, Lines | Diff):
        return part.lines
    if isinstance(part, Facts):
        return (f"{label}: {_plain(value)}" for label, value in part.items)
    return _table(part)


def _table(table: Table) -> Iterator[str]:
    rows = [table.columns, *(tuple(map(_plain, row)) for row in table.rows)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.columns))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _plain(value: Value) -> str:
    return in_words(value, utc)


def _problems(reply: Reply) -> Iterator[str]:
    yield from (f"Could not be read: {problem}" for problem in reply.problems)
