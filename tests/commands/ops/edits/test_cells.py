"""One cell set, every other byte as it was."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from commands.ops.edits.cells import time_like, with_cell
from commands.ops.registry import table

NOW = datetime(2026, 11, 22, 3, 7, 9, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "column", "after"),
    [
        (b"| lotus.dev | 001 | i |", 2, b"| lotus.dev | 001 | D |"),
        (b"|lotus.dev|001|i|", 2, b"|lotus.dev|001|D|"),
        (b"| lotus.dev | 001 |   i\t |", 2, b"| lotus.dev | 001 |   D\t |"),
        (b"| lotus.dev | 001 | i", 2, b"| lotus.dev | 001 | D"),
        (b"| lotus.dev | 001 |  |", 2, b"| lotus.dev | 001 | D |"),
        (b"| lotus.dev | 001 ||", 2, b"| lotus.dev | 001 |D|"),
        (b"| lotus.dev | a \\| i | i |", 2, b"| lotus.dev | a \\| i | D |"),
        (b"| lotus.dev | \xff\xfe | i | \xc3\xa9 |", 2, b"| lotus.dev | \xff\xfe | D | \xc3\xa9 |"),
        (b"| lotus.dev | i | i |", 2, b"| lotus.dev | i | D |"),
    ],
)
def test_only_the_cell_changes(row: bytes, column: int, after: bytes) -> None:
    assert with_cell(row, column, b"D") == after


def test_a_cell_that_is_not_there_is_not_made_up() -> None:
    with pytest.raises(ValueError, match="no cell 3"):
        with_cell(b"| lotus.dev | 001 |", 3, b"D")


CELLS = st.lists(
    st.text(alphabet="ab \t\\.é", max_size=6).filter(lambda text: not text.endswith("\\")), min_size=2
)


@given(cells=CELLS, data=st.data())
def test_whatever_the_row_the_other_cells_read_as_before(cells: list[str], data: st.DataObject) -> None:
    row = "|" + "|".join(cells) + "|"
    column = data.draw(st.integers(0, len(cells) - 1))
    after = with_cell(row.encode(), column, b"Q").decode()
    before = table.cells_of(row)
    assert table.cells_of(after) == (*before[:column], "Q", *before[column + 1 :])


@pytest.mark.parametrize(
    ("example", "told"),
    [
        ("2026-03-24T14:05:09Z", "2026-11-22T03:07:09Z"),
        ("2026-03-24T14:05:09.5Z", "2026-11-22T03:07:09.1Z"),
        ("2026-03-24T14:05:09.123456+00:00", "2026-11-22T03:07:09.123456+00:00"),
        ("2026-03-24T14:05:09+02:00", "2026-11-22T05:07:09+02:00"),
        ("2026-03-24 14:05 -0730", "2026-11-22T03:07:09Z"),
        ("2026-03-24 14:05-0730", "2026-11-21 19:37-0730"),
        ("2026-03-24 14:05:09 UTC", "2026-11-22 03:07:09 UTC"),
        ("yesterday", "2026-11-22T03:07:09Z"),
        ("", "2026-11-22T03:07:09Z"),
    ],
)
def test_a_time_is_written_as_the_table_writes_its_times(example: str, told: str) -> None:
    assert time_like(example, NOW) == told


def test_a_time_without_a_zone_is_the_machine_s() -> None:
    local = NOW.astimezone()
    assert time_like("2026-03-24 14:05", NOW) == f"{local:%Y-%m-%d %H:%M}"
    assert time_like("2026-03-24", NOW) == f"{local:%Y-%m-%d}"
