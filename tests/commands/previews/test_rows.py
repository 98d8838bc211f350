"""The preview of edits of rows."""

from commands.ops.operation import Target
from commands.previews.rows import diff


def test_rows_that_come_behind_one_line_stand_below_one_heading() -> None:
    edits = [(2, "| a |", "| b |"), (9, None, "| c |"), (9, None, "| d |")]
    assert diff((Target("row a", {}, {"edits": edits}),)).lines == (
        "@@ line 2 @@",
        "-| a |",
        "+| b |",
        "@@ behind line 9 @@",
        "+| c |",
        "+| d |",
    )
