"""Lines by site: only the intended ones differ, and what two changed at once is told apart."""

from hypothesis import given, strategies as st

from commands.ops.edits.lines import (
    applied,
    difference,
    is_cut,
    key_of,
    state,
    text_of,
    texts_by_key,
    whole_lines,
)
from commands.ops.registry.line_list import split

HEAD = b"# Sites\n\n| Domain | Status |\n|---|---|\n"
BASE = HEAD + b"| a.dev | i |\n| b.dev | i |\n| c.dev | i |\n"

LINES = st.one_of(
    st.sampled_from([b"", b"# Sites", b"| a.dev | i |", b"| a.dev | D |", b"| b.dev | i |", b"|b.dev|I|\r"]),
    st.binary(max_size=12).map(lambda raw: raw.replace(b"\n", b"")),
)
TEXTS = st.builds(
    lambda lines, end: b"\n".join(lines) + end, st.lists(LINES, max_size=8), st.sampled_from([b"", b"\n"])
)


def rows(text: bytes) -> dict[bytes, tuple[bytes, ...]]:
    lines = split(text)
    found = texts_by_key(lines, {key_of(text_of(line)) for line in lines})
    return {key: state(texts) for key, texts in found.items()}


@given(TEXTS)
def test_split_lines_are_the_text(text: bytes) -> None:
    assert b"".join(split(text)) == text
    assert all(line.count(b"\n") <= 1 for line in split(text))


@given(TEXTS, TEXTS)
def test_a_difference_that_is_applied_gives_every_site_its_lines(before: bytes, after: bytes) -> None:
    made = applied(split(before), difference(before, after))
    assert rows(made) == rows(after)


@given(TEXTS, TEXTS)
def test_lines_of_sites_without_a_difference_stay_byte_for_byte_and_in_order(
    before: bytes, after: bytes
) -> None:
    changes = difference(before, after)
    touched = {change.key for change in changes}
    made = applied(split(before), changes)

    def untouched(text: bytes) -> list[bytes]:
        return [text_of(line) for line in split(text) if key_of(text_of(line)) not in touched]

    assert untouched(made) == untouched(before)


@given(TEXTS)
def test_no_difference_changes_nothing(text: bytes) -> None:
    assert applied(split(text), difference(text, text)) == text


def test_a_changed_row_keeps_its_place_and_its_line_end() -> None:
    before = b"| a.dev | i |\r\n| b.dev | i |\r\n"
    after = b"| a.dev | D |\n| b.dev | i |\r\n"
    assert applied(split(before), difference(before, after)) == b"| a.dev | D |\r\n| b.dev | i |\r\n"


def test_new_rows_come_where_their_writer_put_them() -> None:
    theirs = BASE.replace(b"| b.dev", b"| x.dev | P |\n| y.dev | P |\n| b.dev")
    ours = BASE.replace(b"c.dev | i", b"c.dev | D")
    assert applied(split(ours), difference(BASE, theirs)) == theirs.replace(b"c.dev | i", b"c.dev | D")


def test_a_new_row_whose_neighbour_is_gone_comes_behind_the_last_row() -> None:
    theirs = BASE.replace(b"| b.dev | i |\n", b"| b.dev | i |\n| x.dev | P |\n")
    now = BASE.replace(b"| b.dev | i |\n", b"") + b"\nThe end.\n"
    assert applied(split(now), difference(BASE, theirs)).endswith(
        b"| c.dev | i |\n| x.dev | P |\n\nThe end.\n"
    )


def test_a_row_behind_a_last_line_without_an_end_begins_a_line() -> None:
    before = BASE.removesuffix(b"\n")
    made = applied(split(before), difference(BASE, BASE + b"| x.dev | P |\n"))
    assert made == BASE + b"| x.dev | P |\n"


def test_of_two_equal_rows_one_may_go() -> None:
    doubled = BASE + b"| a.dev | i |\n"
    assert applied(split(doubled), difference(doubled, BASE)).count(b"| a.dev | i |\n") == 1


def test_a_text_that_ends_too_early_is_cut() -> None:
    assert is_cut(BASE, b"")
    assert is_cut(BASE, BASE[:-20])
    assert is_cut(BASE, HEAD + b"| a.dev | I |\n")
    assert not is_cut(BASE, BASE)
    assert not is_cut(BASE, BASE + b"| x.dev | P |\n")
    assert not is_cut(BASE, BASE.replace(b"| a.dev | i |\n", b""))
    assert whole_lines(b"| a |\n| b") == b"| a |\n"
    assert whole_lines(b"| a") == b""
