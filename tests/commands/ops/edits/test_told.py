"""What is told of an edit that others wrote beside."""

from commands.ops.edits import told
from commands.ops.edits.editing import Edited
from commands.ops.edits.rows import LineEdit

EDIT = LineEdit(b"| a.dev | i |", b"| a.dev | D |", 3)


def test_an_edit_that_went_as_planned_says_nothing_more() -> None:
    assert told.sentences(Edited((EDIT,))) == ()


def test_all_that_others_did_is_said_and_what_the_disk_did() -> None:
    edited = Edited(
        (), overtaken=(EDIT,), repeated=2, merged=("x.dev",), durable=False, problems=("Another problem.",)
    )
    assert told.sentences(edited) == (
        "Tools that do not take the registry's lock overwrote the edit; 2 rows were written again.",
        "Others changed a.dev at the same moment; theirs stands.",
        "What others wrote about x.dev at the same moment was kept.",
        "It stands, but the disk reported an error: whether it survives a power cut is not known.",
        "Another problem.",
    )
