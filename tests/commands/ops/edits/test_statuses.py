"""A site's letter and time, set in its row."""

from collections.abc import Callable

import pytest

from commands.ops.edits.rows import LineEdit, RowsChanged
from commands.ops.edits.statuses import Mark, row_text, status_edits
from commands.ops.errors import Refusal
from commands.ops.host_settings import Ladder
from commands.ops.registry.registry import Registry, parse
from tests.clocks import MovedClock

NOW = MovedClock().at
Read = Callable[[str], Registry]

TABLE = """\ufeff| Site | status | Extra | Updated |
|---|---|---|---|
| a.dev | i | a \\| b | 2026-03-24 14:05:09Z |
|b.dev|i||  |
| c.dev | i
| d.dev | i | | |
| d.dev | i | | |
"""


def registry() -> Registry:
    return parse(TABLE.encode(), Ladder(), 25)


def marks(**letters: str) -> dict[str, Mark]:
    rows = {row.domain: row_text(row) for row in registry().rows}
    return {f"{name}.dev": Mark(rows[f"{name}.dev"], letter) for name, letter in letters.items()}


def test_the_letter_and_the_time_change_and_nothing_else() -> None:
    assert status_edits(registry(), marks(a="D", b="D", c="D"), NOW) == (
        LineEdit(
            b"| a.dev | i | a \\| b | 2026-03-24 14:05:09Z |",
            f"| a.dev | D | a \\| b | {NOW:%Y-%m-%d %H:%M:%S}Z |".encode(),
            3,
        ),
        LineEdit(b"|b.dev|i||  |", f"|b.dev|D|| {NOW:%Y-%m-%d %H:%M:%S}Z |".encode(), 4),
        LineEdit(b"| c.dev | i", b"| c.dev | D", 5),
    )


def test_a_letter_that_stands_already_is_no_edit() -> None:
    assert status_edits(registry(), marks(a="i"), NOW) == ()


def test_a_row_that_says_something_else_is_named() -> None:
    with pytest.raises(RowsChanged, match=r"a\.dev, x\.dev"):
        status_edits(
            registry(), {"a.dev": Mark("| a.dev | P |", "D"), "x.dev": Mark("", "D"), **marks(b="D")}, NOW
        )


def test_a_site_with_two_rows_is_refused() -> None:
    with pytest.raises(Refusal, match=r"d\.dev has 2 rows: mend that first, with dedupe"):
        status_edits(registry(), marks(d="D"), NOW)


@pytest.mark.parametrize(
    "table",
    ["| Domain | Wave |\n| a.dev | 1 |\n", "| a.dev | i |\n", "| Domain | Batch | Status |\n| a.dev |\n"],
)
def test_a_row_without_a_place_for_a_status_is_refused(table: str) -> None:
    found = parse(table.encode(), Ladder(), 25)
    with pytest.raises(Refusal, match=r"The row of a\.dev in the registry has no place for a status"):
        status_edits(found, {"a.dev": Mark(row_text(found.rows[0]), "D")}, NOW)


def test_each_row_goes_by_the_header_above_it() -> None:
    found = parse(
        b"| Domain | Status | Batch |\n| a.dev | i | 001 |\n| Domain | Batch | Status |\n| b.dev | 001 | i |\n",
        Ladder(),
        25,
    )
    edits = status_edits(found, {row.domain: Mark(row_text(row), "D") for row in found.rows}, NOW)
    assert [edit.after for edit in edits] == [b"| a.dev | D | 001 |", b"| b.dev | 001 | D |"]
