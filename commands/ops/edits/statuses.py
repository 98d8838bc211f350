"""Setting the status of sites, as edits of their rows: the letter, and the time where the table has one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from commands.ops.edits.cells import time_like, with_cell
from commands.ops.edits.lines import text_of
from commands.ops.edits.rows import Edits, LineEdit, RowsChanged
from commands.ops.errors import Refusal
from commands.ops.registry.registry import Registry
from commands.ops.registry.rows import Row


@dataclass(frozen=True, slots=True)
class Mark:
    """A site's new letter, and its row as it was when that was decided: see `row_text`."""

    expected: str
    letter: str


def row_text(row: Row) -> str:
    """A row as a person sees it and a plan keeps it: its line without its end."""
    return _decoded(text_of(row.raw))


def status_edits(registry: Registry, marks: Mapping[str, Mark], now: datetime) -> Edits:
    """The edits that give these sites their letters, each row's other bytes untouched.

    Raises:
        RowsChanged: rows are gone or say something else than expected.
        Refusal: a site has several rows, or there is no column for a status.
    """
    sites = registry.sites()
    doubled = [domain for domain in marks if len(sites.get(domain, ())) > 1]
    if doubled:
        raise Refusal(f"{doubled[0]} has {len(sites[doubled[0]])} rows: mend that first, with dedupe.")
    changed = [
        domain
        for domain, mark in marks.items()
        if [row_text(row) for row in sites.get(domain, ())] != [mark.expected]
    ]
    if changed:
        raise RowsChanged(changed)
    example = next((row.updated for row in registry.rows if row.updated), "")
    return tuple(
        _edit(registry, sites[domain][0], mark.letter, example, now)
        for domain, mark in marks.items()
        if sites[domain][0].status != mark.letter
    )


def _edit(registry: Registry, row: Row, letter: str, example: str, now: datetime) -> LineEdit:
    before = text_of(row.raw)
    header = registry.header_above(row.line)
    refusal = Refusal(f"The row of {row.domain} in the registry has no place for a status.")
    if header is None or header.status < 0:
        raise refusal
    try:
        after = with_cell(before, header.status, letter.encode())
        if 0 <= header.updated < len(row.cells):
            time = time_like(row.updated or example, now)
            after = with_cell(after, header.updated, time.encode())
    except ValueError:
        raise refusal from None
    return LineEdit(before, after, row.line)


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", "backslashreplace")
