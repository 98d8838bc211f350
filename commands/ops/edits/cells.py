"""One cell of a table row set to another text; every other byte of the row, padding too, stays."""

import re
from datetime import UTC, datetime, timedelta, timezone

_BLANKS = b" \t\r\v\f"
_PIPE = re.compile(rb"(?<!\\)\|")
_TIME = re.compile(
    r"\d{4}-\d\d-\d\d(?:(?P<between>[T ])\d\d:\d\d(?P<seconds>:\d\d)?(?P<fraction>\.\d+)?"
    r"(?P<zone> ?Z| ?UTC|[+-]\d\d:?\d\d)?)?"
)
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
_USUAL = "%Y-%m-%dT%H:%M:%SZ"


def with_cell(row: bytes, column: int, text: bytes) -> bytes:
    r"""The row with another text in its column, counted from 0; `\|` is a pipe within a cell.

    Args:
        row: a line that begins with a pipe, without its end.
        column: which cell.
        text: what it is to say.

    Raises:
        ValueError: the row has no such cell.
    """
    pipes = [found.start() for found in _PIPE.finditer(row)]
    if column >= len(pipes):
        raise ValueError(f"the row has no cell {column}")
    start = pipes[column] + 1
    end = pipes[column + 1] if column + 1 < len(pipes) else len(row)
    return row[:start] + _padded(row[start:end], text) + row[end:]


def time_like(example: str, now: datetime) -> str:
    """A time written as an example is: its separator, precision and zone; in ISO 8601, UTC, if it is no time."""
    style = _TIME.fullmatch(example.strip())
    if style is None:
        return f"{now.astimezone(UTC):{_USUAL}}"
    zone = style["zone"] or ""
    local = now.astimezone(_zone(zone))
    date = f"{local:%Y-%m-%d}"
    if style["between"] is None:
        return date
    seconds = f"{local:%S}"
    fraction = style["fraction"] or ""
    parts = (
        *(date, style["between"], f"{local:%H:%M}"),
        *((f":{seconds}",) if style["seconds"] else ()),
        *((f".{local:%f}".ljust(len(fraction), "0")[: len(fraction)],) if fraction else ()),
    )
    return "".join(parts) + zone


def _zone(zone: str) -> timezone | None:
    """The zone of an offset; UTC for its letters; the machine's own, as `date` writes it, where nothing is said."""
    offset = _OFFSET.fullmatch(zone)
    if offset:
        span = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        return timezone(-span if offset[1] == "-" else span)
    return UTC if zone else None


def _padded(cell: bytes, text: bytes) -> bytes:
    inner = cell.strip(_BLANKS)
    if not inner:
        return cell[:1] + text + cell[1:2]
    start = cell.index(inner)
    return cell[:start] + text + cell[start + len(inner) :]
