"""The registry, read without losing a byte."""

import pytest
from hypothesis import given, settings, strategies as st

from commands.ops.errors import NotReadable
from commands.ops.host_settings import Ladder
from commands.ops.machine.host import Machine
from commands.ops.registry import registry
from commands.ops.registry.registry import Registry, parse
from commands.ops.settings import OpsSettings

HEADER = "| Domain | Batch | Status |\n|---|---|---|\n"
PIECES = st.sampled_from(
    (
        *(b"| a.dev | 001 | D |", b"|", b"\\|", b"\n", b"\r\n", b"\r", b" ", b"\0", b"\xff", b"\xef\xbb\xbf"),
        *(
            HEADER.encode(),
            b"|---|",
            b"| Status |",
            "蓮".encode(),
            b"\x0b",
            b"\x1c",
            b"\xc2\x85",
            b"\xe2\x80\xa8",
        ),
    )
)
TABLES = st.lists(PIECES | st.binary(max_size=8), max_size=30).map(b"".join)


def parsed(rows: str) -> Registry:
    return parse((HEADER + rows).encode(), Ladder(), 25)


@settings(deadline=None)
@given(st.binary() | TABLES)
def test_what_was_parsed_is_given_back_byte_by_byte(data: bytes) -> None:
    assert parse(data, Ladder(), 25).data() == data


@settings(deadline=None)
@given(TABLES)
def test_every_row_is_the_line_that_it_names(data: bytes) -> None:
    parsed = parse(data, Ladder(), 25)
    lines = data.split(b"\n")
    for row in parsed.rows:
        assert row.raw.removesuffix(b"\n") == lines[row.line - 1]
    assert all(1 <= line <= max(len(lines), 1) for line in parsed.malformed_lines)


def test_counts_have_every_letter_of_the_ladder_and_unknown_ones_under_themselves() -> None:
    table = parsed("| a.dev | 001 | D |\n| b.dev | 001 | i |\n| c.dev | 001 | Z |\n| d.dev | 002 | D |\n")
    assert table.counts() == {"P": 0, "d": 0, "D": 2, "i": 1, "I": 0, "Q": 0, "Z": 1}
    assert table.counts("001") == {"P": 0, "d": 0, "D": 1, "i": 1, "I": 0, "Q": 0, "Z": 1}


def test_a_doubled_site_counts_once() -> None:
    assert parsed("| a.dev | 001 | D |\n| a.dev | 001 | D |\n").counts()["D"] == 1
    assert parsed("| a.dev | 001 | D |\n| a.dev | 001 | D |\n").problems == ()


def test_rows_that_contradict_each_other_count_at_the_lowest_and_are_named() -> None:
    table = parsed("| a.dev | 001 | Q |\n| b.dev | 001 | Q |\n| a.dev | 001 | D |\n")
    assert (table.counts()["D"], table.counts()["Q"]) == (1, 1)
    assert table.problems == ("The registry has rows that contradict each other: a.dev.",)


def test_problems_say_what_is_malformed_and_where() -> None:
    table = parsed("| | 001 | D |\n" + "| lo tus | 001 | D |\n" * 12)
    ten = ", ".join(map(str, range(4, 14)))
    assert table.problems == (
        "The registry has a row without a domain: line 3.",
        f"The registry has a row whose first cell is not a domain: lines {ten} and 2 more.",
    )
    assert table.malformed_lines == tuple(range(3, 16))


def test_the_host_s_registry_is_read(settings: OpsSettings, machine: Machine) -> None:
    path = machine.root / settings.tree.registry
    path.write_text(HEADER + "| lotus.dev | 1 | D |\n")
    assert [row.domain for row in registry.read(settings, machine).rows] == ["lotus.dev"]


def test_a_missing_registry_is_said_with_its_place(settings: OpsSettings, machine: Machine) -> None:
    path = machine.root / settings.tree.registry
    with pytest.raises(NotReadable) as error:
        registry.read(settings, machine)
    assert error.value.sentence == f"There is no registry at {path}: restore it, or set tree.registry."


def test_a_directory_in_its_place_is_said(settings: OpsSettings, machine: Machine) -> None:
    path = machine.root / settings.tree.registry
    path.mkdir()
    with pytest.raises(NotReadable, match=f"The registry cannot be read: {path} is not a file."):
        registry.read(settings, machine)
