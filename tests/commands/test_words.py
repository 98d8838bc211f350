"""A line into words."""

import pytest
from hypothesis import given, strategies as st

from commands.words import words


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("batch status", ("batch", "status")),
        ("/batch   status ", ("batch", "status")),
        (
            'batch mark lotus.dev Q --reason "done by hand"',
            ("batch", "mark", "lotus.dev", "Q", "--reason", "done by hand"),
        ),
        (
            "batch accept wave 5 --reason it's late",
            ("batch", "accept", "wave", "5", "--reason", "it's", "late"),
        ),
        ('a 5" disk', ("a", '5"', "disk")),
        ("batch # status", ("batch", "#", "status")),
        (r"a\b", (r"a\b",)),
        ("", ()),
        ("   /  ", ()),
    ],
)
def test_only_double_quotes_group_and_nothing_else_is_special(line: str, expected: tuple[str, ...]) -> None:
    assert words(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('escalate it\'s "odd" — really', ("escalate", 'it\'s "odd" — really')),
        ("batch note  he said  so", ("batch", "note", "he said  so")),
        ("escalate", ("escalate",)),
        ("escalated", ("escalated",)),
    ],
)
def test_notes_and_escalations_keep_their_text_whole(line: str, expected: tuple[str, ...]) -> None:
    assert words(line) == expected


@given(st.text())
def test_any_text_becomes_words(line: str) -> None:
    assert all(isinstance(word, str) for word in words(line))
