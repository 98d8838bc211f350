"""What two writers want at once: rounds played by hand."""

from commands.ops.edits.lines import applied
from commands.ops.edits.rows import LineEdit, changes_of
from commands.ops.edits.wanted import Wanted
from commands.ops.registry.line_list import split

HEAD = b"| Domain | Status |\n|---|---|\n"
BASE = HEAD + b"| a.dev | i |\n| b.dev | i |\n| c.dev | i |\n"


def wanted(*edits: LineEdit) -> Wanted:
    return Wanted({change.key: change for change in changes_of(edits, split(BASE))})


def a_becomes(letter: bytes) -> LineEdit:
    return LineEdit(b"| a.dev | i |", b"| a.dev | " + letter + b" |", 3)


def after(want: Wanted, now: bytes) -> bytes:
    made = applied(split(now), want.missing(split(now)))
    assert not want.missing(split(made)), "one round is enough where nobody else writes"
    return made


A_IS_D = BASE.replace(b"a.dev | i", b"a.dev | D")


def test_an_edit_that_an_old_copy_overwrote_is_made_again() -> None:
    want = wanted(a_becomes(b"D"))
    assert after(want, BASE) == A_IS_D
    old_copy = BASE + b"| x.dev | P |\n"
    assert after(want, old_copy) == A_IS_D + b"| x.dev | P |\n"
    assert not want.overtaken


def test_a_row_that_somebody_changed_at_the_same_moment_is_theirs() -> None:
    want = wanted(a_becomes(b"D"))
    want.take_in(BASE, BASE.replace(b"a.dev | i", b"a.dev | I"))
    assert after(want, A_IS_D) == BASE.replace(b"a.dev | i", b"a.dev | I")
    assert want.overtaken == {b"a.dev"}


def test_a_row_that_somebody_changed_after_us_is_left_as_it_is() -> None:
    want = wanted(a_becomes(b"D"))
    now = BASE.replace(b"a.dev | i", b"a.dev | d")
    assert after(want, now) == now
    assert want.overtaken == {b"a.dev"}


def test_a_row_that_only_the_displaced_file_has_goes_in() -> None:
    want = wanted(a_becomes(b"D"))
    want.take_in(BASE, BASE + b"| x.dev | P |\n")
    assert after(want, A_IS_D) == A_IS_D + b"| x.dev | P |\n"
    assert want.merged == {b"x.dev"}


def test_an_old_copy_that_came_out_takes_nothing_back() -> None:
    want = wanted(a_becomes(b"D"))
    want.take_in(BASE, BASE + b"| x.dev | P |\n")
    whole = A_IS_D + b"| x.dev | P |\n"
    want.take_in(whole, BASE + b"| y.dev | P |\n")
    assert after(want, whole) == A_IS_D + b"| y.dev | P |\n| x.dev | P |\n"
    assert not want.kept, "it lacks the last row because it is older, not because its writer did not finish"


def test_a_row_that_somebody_changed_twice_is_as_they_left_it() -> None:
    want = wanted()
    want.take_in(BASE, BASE.replace(b"b.dev | i", b"b.dev | I"))
    want.take_in(BASE.replace(b"b.dev | i", b"b.dev | I"), BASE.replace(b"b.dev | i", b"b.dev | Q"))
    assert after(want, BASE) == BASE.replace(b"b.dev | i", b"b.dev | Q")


def test_a_row_that_somebody_removed_is_gone() -> None:
    want = wanted(a_becomes(b"D"))
    want.take_in(BASE, BASE.replace(b"| b.dev | i |\n", b""))
    assert after(want, A_IS_D) == A_IS_D.replace(b"| b.dev | i |\n", b"")


def test_rows_that_an_unfinished_writer_left_out_are_kept_and_told() -> None:
    want = wanted(a_becomes(b"D"))
    assert want.take_in(BASE, HEAD + b"| a.dev | i |\n| b.dev | I |\n| c.d")
    assert after(want, A_IS_D) == A_IS_D.replace(b"b.dev | i", b"b.dev | I")
    assert want.kept == {b"c.dev"}


def test_an_edit_that_does_not_stand_at_the_last_look_is_absent() -> None:
    want = wanted(a_becomes(b"D"))
    want.missing(split(BASE))
    assert want.absent == {b"a.dev"}
    want.missing(split(A_IS_D))
    assert want.absent == set()
