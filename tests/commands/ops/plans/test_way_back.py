"""The way back of edits: whatever was edited, nobody else at work, it is as before by the byte."""

from collections.abc import Sequence

from hypothesis import given, strategies as st

from commands.ops.edits.lines import applied, text_of
from commands.ops.edits.records import Record, records_of
from commands.ops.edits.rows import Edits, LineEdit, changes_of
from commands.ops.plans import way_back
from commands.ops.registry.line_list import split

SITES = ("a.dev", "b.dev", "c.dev", "d.dev")
ROWS = st.builds(
    lambda site, letter: f"| {site} | {letter} |".encode(), st.sampled_from(SITES), st.sampled_from("DiI")
)
HEAD = [b"# Sites", b"", b"| Domain | Status |", b"|---|---|"]
LINES = st.lists(ROWS, max_size=12).map(lambda rows: [*HEAD, *rows])
ENDS = st.sampled_from([b"\n", b"\r\n"])


def made(lines: Sequence[bytes], edits: Edits) -> tuple[bytes, tuple[Record, ...]]:
    changes = changes_of(edits, lines)
    return applied(lines, changes), records_of(changes, lines)


def taken_back(data: bytes, records: Sequence[Record]) -> bytes:
    lines = split(data)
    found = way_back.standing(records, lines)
    return made(lines, way_back.edits_back(found.ready, lines))[0]


@given(lines=LINES, end=ENDS, data=st.data())
def test_letters_set_and_rows_taken_out_are_back_as_before(
    lines: list[bytes], end: bytes, data: st.DataObject
) -> None:
    whole = [line + end for line in lines]
    edits = []
    for number, line in enumerate(lines, 1):
        if line.startswith(b"| ") and b".dev" in line:
            what = data.draw(st.sampled_from(("stay", "stay", "mark", "go")))
            if what != "stay":
                after = None if what == "go" else line[:-3] + b"Q |"
                edits.append(LineEdit(line, after, number))
    edited, records = made(whole, tuple(edits))
    assert taken_back(edited, records) == b"".join(whole)


def test_what_stands_otherwise_since_is_told_apart() -> None:
    lines = [b"| a.dev | D |\n", b"| b.dev | D |\n", b"| c.dev | D |\n"]
    edits = tuple(
        LineEdit(text_of(line), text_of(line)[:-3] + b"I |", at) for at, line in enumerate(lines, 1)
    )
    edited, records = made(lines, edits)
    now = split(
        edited.replace(b"| b.dev | I |", b"| b.dev | D |").replace(b"| c.dev | I |", b"| c.dev | Q |")
    )
    found = way_back.standing(records, now)
    assert [one.site for one in (*found.ready, *found.back, *found.changed)] == [b"a.dev", b"b.dev", b"c.dev"]
