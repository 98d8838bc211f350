"""Spans of time as people type them."""

from datetime import timedelta

import pytest

from commands.ops.errors import WrongUsage
from commands.wording import spans

LEAST, MOST = timedelta(seconds=1), timedelta(days=2)


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("30s", 30), ("15m", 900), ("1h30m", 5400), ("2d", 172800), (" 1H ", 3600), ("90m", 5400)],
)
def test_a_span_is_read(typed: str, seconds: int) -> None:
    assert spans.parse(typed, LEAST, MOST) == timedelta(seconds=seconds)


@pytest.mark.parametrize("typed", ["", "15", "m", "1m1h", "-1m", "1.5h", "\u0661m", "99999999999m"])
def test_anything_else_is_not(typed: str) -> None:
    with pytest.raises(WrongUsage, match="write it like 15m"):
        spans.parse(typed, LEAST, MOST)


def test_a_span_out_of_bounds_names_the_bounds() -> None:
    with pytest.raises(WrongUsage, match=r"“3d” is not possible here: 1 s to 2 d is\."):
        spans.parse("3d", LEAST, MOST)
