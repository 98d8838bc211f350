"""Figures in plain words."""

import pytest

from commands.wording.figures import count, listed, size, span


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1.0 KiB"),
        (30_802_000, "29.4 MiB"),
        (120 * 1024**2, "120 MiB"),
        (5 * 1024**5, "5120 TiB"),
    ],
)
def test_sizes_carry_their_unit(number: int, said: str) -> None:
    assert size(number) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (7500, "2 h 5 min"),
        (273_600, "3 d 4 h"),
        (-5, "0 s"),
    ],
)
def test_spans_are_told_in_their_two_largest_units(seconds: float, said: str) -> None:
    assert span(seconds) == said


def test_counts_know_one_from_many() -> None:
    assert count(1, "agent") == "1 agent"
    assert count(1200, "site") == "1,200 sites"
    assert count(2, "batch", "batches") == "2 batches"


def test_lists_end_with_and_or_with_how_many_more() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(list("abcdefg"), most=2) == "a, b and 5 more"
    assert listed([]) == ""
