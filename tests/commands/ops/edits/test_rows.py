"""Edits against a registry's lines."""

import pytest
from hypothesis import given, strategies as st

from commands.ops.edits.lines import applied, text_of
from commands.ops.edits.rows import LineEdit, RowsChanged, changes_of
from commands.ops.registry.line_list import split

BASE = b"# Sites\r\n| Domain | S |\r\n|---|---|\r\n| a.dev | i |\r\n| b.dev | i |\n| a.dev | i |\r\n| a.dev | D |"


def edited(*edits: LineEdit, base: bytes = BASE) -> bytes:
    return applied(split(base), changes_of(edits, split(base)))


def test_of_several_equal_rows_the_one_that_is_meant_goes() -> None:
    assert edited(LineEdit(b"| a.dev | i |", None, 6)) == BASE.replace(
        b"\n| a.dev | i |\r\n| a.dev | D |", b"\n| a.dev | D |"
    )
    assert edited(LineEdit(b"| a.dev | i |", None, 4)) == BASE.replace(
        b"| a.dev | i |\r\n| b.dev", b"| b.dev"
    )


def test_both_of_two_equal_rows_may_go() -> None:
    gone = edited(LineEdit(b"| a.dev | i |", None, 4), LineEdit(b"| a.dev | i |", None, 6))
    assert gone == b"# Sites\r\n| Domain | S |\r\n|---|---|\r\n| b.dev | i |\n| a.dev | D |"


def test_a_row_that_moved_is_found() -> None:
    moved = b"| x.dev | P |\n" + BASE
    assert edited(LineEdit(b"| b.dev | i |", b"| b.dev | I |", 5), base=moved) == moved.replace(
        b"b.dev | i", b"b.dev | I"
    )


def test_a_new_row_comes_behind_its_line() -> None:
    assert edited(LineEdit(None, b"| c.dev | P |", 5)) == BASE.replace(
        b"b.dev | i |\n", b"b.dev | i |\n| c.dev | P |\n"
    )


def test_a_new_row_behind_the_last_line_begins_a_line() -> None:
    assert edited(LineEdit(None, b"| c.dev | P |", 7)) == BASE + b"\r\n| c.dev | P |\r\n"


def test_a_row_may_become_another_site_s() -> None:
    assert edited(LineEdit(b"| b.dev | i |", b"| c.dev | i |", 5)).count(b"| c.dev | i |") == 1


def test_rows_that_are_not_as_expected_are_named_and_nothing_is_done() -> None:
    with pytest.raises(RowsChanged, match=r"has changed since: b\.dev, x\.dev\. Nothing was done") as told:
        edited(
            LineEdit(b"| b.dev | P |", None, 5),
            LineEdit(b"| x.dev | P |", None, 9),
            LineEdit(b"| a.dev | D |", None, 7),
        )
    assert told.value.domains == ("b.dev", "x.dev")


def test_one_row_more_than_there_are_is_not_there() -> None:
    with pytest.raises(RowsChanged):
        edited(*[LineEdit(b"| a.dev | i |", None, line) for line in (4, 6, 7)])


LINE = st.one_of(
    st.sampled_from([b"", b"# Sites", b"| a.dev | i |", b"| b.dev | i |"]),
    st.binary(max_size=12).map(lambda raw: raw.replace(b"\n", b"").replace(b"\r", b"")),
)
TEXT = st.lists(st.tuples(LINE, st.sampled_from([b"\n", b"\r\n"])), min_size=1, max_size=12).map(
    lambda lines: b"".join(text + end for text, end in lines)
)


@given(TEXT, st.data())
def test_whatever_the_file_only_the_intended_lines_differ(base: bytes, data: st.DataObject) -> None:
    lines = split(base)
    outcomes = data.draw(
        st.dictionaries(st.integers(0, len(lines) - 1), st.sampled_from([None, b"new"]), max_size=4)
    )
    edits = []
    expected = list(lines)
    for at, outcome in outcomes.items():
        text = text_of(lines[at])
        changed = None if outcome is None else text + b" new" if text[:1] == b"|" else text
        edits.append(LineEdit(text, changed, at + 1))
        expected[at] = b"" if changed is None else changed + lines[at][len(text) :]
    assert edited(*edits, base=base) == b"".join(expected)
