"""Lines into sites, and what is malformed, with its line."""

import pytest

from commands.ops.host_settings import Ladder
from commands.ops.registry.findings import Kind
from commands.ops.registry.registry import Registry, parse

HEADER = "| Domain | Batch | Wave | Status | Updated |\n|---|---|---|---|---|\n"


def parsed(text: str, per_wave: int = 25) -> Registry:
    return parse(text.encode(), Ladder(), per_wave)


def found(text: str) -> list[tuple[int, Kind]]:
    return [(finding.line, finding.kind) for finding in parsed(text).findings]


def test_a_row_has_its_line_its_columns_and_its_bytes() -> None:
    row = parsed(HEADER + "| lotus.dev | 001 | 5 | i | 2026-03-24 |\r\n").rows[0]
    assert (row.line, row.domain, row.batch, row.wave, row.status) == (3, "lotus.dev", "001", 5, "i")
    assert row.updated == "2026-03-24"
    assert row.raw == b"| lotus.dev | 001 | 5 | i | 2026-03-24 |\r\n"


def test_columns_are_found_by_their_header_in_any_case_and_order() -> None:
    row = parsed("|site|STATUS|Owner|wave|bAtCh|\n|a.dev|Q|ann|2|7|\n").rows[0]
    assert (row.batch, row.wave, row.status, row.updated) == ("007", 2, "Q", "")
    assert row.cells == ("a.dev", "Q", "ann", "2", "7")


@pytest.mark.parametrize(
    "text",
    [
        "# Registry\n\nProse, with a | in it.\n\n" + HEADER + "| a.dev | 001 | 1 | D | x |\n",
        "\ufeff" + HEADER + "| a.dev | 001 | 1 | D | x |\n",
        HEADER.replace("\n", "\r\n") + "| a.dev | 001 | 1 | D | x |\r\n",
        HEADER.splitlines()[0] + "\n| a.dev | 001 | 1 | D | x |",
        HEADER + "\n\n| a.dev | 001 | 1 | D | x |\n|---|---|---|---|---|\n",
        HEADER + "| a.dev | 001 | 1 | D | " + "x" * 100_000 + " |\n",
        HEADER + "| a.dev | 001 | 1 | D | 蓮の花 |\n",
    ],
)
def test_what_may_stand_around_rows_is_no_finding(text: str) -> None:
    registry = parsed(text)
    assert registry.findings == ()
    assert [(row.domain, row.batch, row.wave, row.status) for row in registry.rows] == [
        ("a.dev", "001", 1, "D")
    ]


@pytest.mark.parametrize(
    ("rows", "findings"),
    [
        ("| a.dev | 001 | 1 |\n", [(3, "cell_count"), (3, "no_status")]),
        ("| a.dev | 001 | 1 | D | x | y |\n", [(3, "cell_count")]),
        ("| a.dev | 001 | 1 | D | x || b.dev | 001 | 1 | D | x |\n", [(3, "cell_count")]),
        ("| a.dev | 001 | 1 | D | 2026-\n", [(3, "no_closing_pipe")]),
        ("lotus.dev | 001 | 1 | D | x |\n", [(3, "no_opening_pipe")]),
        ("  | a.dev | 001 | 1 | D | x |\n", [(3, "no_opening_pipe")]),
        ("| | 001 | 1 | D | x |\n", [(3, "no_domain")]),
        ("| lo tus | 001 | 1 | D | x |\n", [(3, "bad_domain")]),
        ("| a.dev | 001 | 1 |  | x |\n", [(3, "no_status")]),
        ("| a.dev | 001 | one | D | x |\n", [(3, "bad_wave")]),
        ("| a.dev | 001 | 1 | D | x |\n\n" + HEADER, [(5, "second_header")]),
        ("\0\0\0\n", [(3, "binary")]),
    ],
)
def test_what_is_malformed_is_found_on_its_line(rows: str, findings: list[tuple[int, Kind]]) -> None:
    assert found(HEADER + rows) == findings


def test_bytes_that_are_not_utf8_are_found_on_their_line_and_shown_escaped() -> None:
    data = HEADER.encode() + b"| a.dev | 001 | 1 | D | \xff |\n"
    registry = parse(data, Ladder(), 25)
    assert [(finding.line, finding.kind) for finding in registry.findings] == [(3, "not_utf8")]
    assert registry.rows[0].updated == "\\xff"


def test_a_column_that_is_there_twice_is_found_and_the_first_counts() -> None:
    text = "| Domain | Status | Status |\n| a.dev | D | Q |\n"
    assert found(text) == [(1, "double_column")]
    assert parsed(text).rows[0].status == "D"


def test_rows_without_a_header_are_sites_of_no_known_batch() -> None:
    text = "| a.dev | 001 | D |\n| b.dev | 001 | D |\n"
    assert found(text) == [(1, "no_header")]
    assert [(row.domain, row.batch, row.status) for row in parsed(text).rows] == [
        ("a.dev", "", ""),
        ("b.dev", "", ""),
    ]


def test_a_header_of_unknown_columns_is_told_by_the_rule_below_it() -> None:
    registry = parsed("| Name | Owner |\n|---|---|\n| a.dev | ann |\n")
    assert [finding.kind for finding in registry.findings] == ["no_status_column"]
    assert [row.domain for row in registry.rows] == ["a.dev"]


@pytest.mark.parametrize("text", ["", "\n", "no table here\n", "\r\r\r", "\ufeff"])
def test_a_file_without_a_table_is_one_finding(text: str) -> None:
    assert found(text) == [(1, "no_table")]


def test_a_second_table_is_read_by_its_own_header() -> None:
    text = HEADER + "| a.dev | 001 | 1 | D | x |\n\n| Domain | Status |\n|---|---|\n| b.dev | Q |\n"
    assert [(row.domain, row.status) for row in parsed(text).rows] == [("a.dev", "D"), ("b.dev", "Q")]


def test_without_a_wave_column_the_batch_is_cut_in_registry_order() -> None:
    rows = "".join(f"| {name}.dev | {batch} | D |\n" for name, batch in ("a1", "b2", "c1", "d1", "e2"))
    registry = parsed("| Domain | Batch | Status |\n" + rows, per_wave=2)
    assert {row.domain: row.wave for row in registry.rows} == {
        "a.dev": 1,
        "b.dev": 1,
        "c.dev": 1,
        "d.dev": 2,
        "e.dev": 1,
    }


def test_a_doubled_site_takes_one_place_in_the_waves() -> None:
    rows = "".join(f"| {name}.dev | 1 | D |\n" for name in "aabc")
    registry = parsed("| Domain | Batch | Status |\n" + rows, per_wave=2)
    assert [row.wave for row in registry.rows] == [1, 1, 1, 2]


def test_an_empty_wave_cell_is_not_guessed() -> None:
    assert parsed(HEADER + "| a.dev | 001 |  | D | x |\n").rows[0].wave is None
