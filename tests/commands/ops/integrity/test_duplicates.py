"""Doubled sites, found by a scan that agrees with the parser."""

from hypothesis import given, settings, strategies as st

from commands.ops.host_settings import Ladder
from commands.ops.integrity import duplicates
from commands.ops.integrity.duplicates import Duplicates, scan
from commands.ops.registry.registry import parse

HEADER = b"| Domain | Batch | Status |\n|---|---|---|\n"
LINES = st.sampled_from(
    [
        *(
            b"| a.dev | 001 | D |",
            b"|a.dev|001|D|",
            b"| a.dev | 001 | Q |",
            b"| a.dev | 001 | D |\r",
            b"| a.dev",
        ),
        *(b"| b.dev | 001 | D |", b"\t| b.dev | 001 | D |", b"| lo tus | 1 | D |", b"| lo | 1 | D |"),
        *(
            b"| c\\|d | 1 | D |",
            b"| c\\ | 1 | D |",
            b"|---|---|---|",
            b"|  | 001 | D |",
            b"",
            b"prose",
            b"|",
            b"\0",
        ),
        *(b"| Domain | Batch | Status |", b"| \xff.dev | 1 | D |", b"| \xc2\xa0a.dev | 1 | D |"),
    ]
)


def of_parser(data: bytes) -> Duplicates:
    """The same, by the slow and sure way."""
    doubled = {domain: rows for domain, rows in parse(data, Ladder(), 25).sites().items() if len(rows) > 1}
    cells = {domain: {row.cells for row in rows} for domain, rows in doubled.items()}
    return Duplicates(
        tuple(domain for domain in doubled if len(cells[domain]) == 1),
        tuple(domain for domain in doubled if len(cells[domain]) > 1),
        sum(len(rows) - 1 for rows in doubled.values()),
    )


@settings(deadline=None)
@given(st.lists(LINES, max_size=12))
def test_the_scan_finds_what_the_parser_finds(lines: list[bytes]) -> None:
    data = HEADER + b"\n".join(lines)
    assert scan(data) == of_parser(data)


def test_identical_and_conflicting_sites_are_told_apart() -> None:
    rows = b"| a.dev | 1 | D |\n| b.dev | 1 | D |\n|a.dev|1|D|\n| b.dev | 1 | Q |\n| b.dev | 1 | D |\n| c.dev | 1 | D |\n"
    assert scan(HEADER + rows) == Duplicates(("a.dev",), ("b.dev",), 3)


def test_rows_far_apart_are_found() -> None:
    many = b"".join(b"| site-%d.dev | 001 | D |\n" % number for number in range(20_000))
    assert len(many) > 10 * duplicates.BLOCK
    assert scan(HEADER + many) == Duplicates((), (), 0)
    assert scan(HEADER + many + b"| site-7.dev | 001 | D |\n| site-9.dev | 001 | Q |") == Duplicates(
        ("site-7.dev",), ("site-9.dev",), 2
    )


def test_a_table_without_a_header_or_behind_a_byte_order_mark_is_scanned_from_its_first_line() -> None:
    for mark in (b"", b"\xef\xbb\xbf"):
        assert scan(mark + b"| a.dev | 1 |\n| a.dev | 1 |").identical == ("a.dev",)
