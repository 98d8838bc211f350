"""Lines that are imported when they are first asked."""

import pytest

from commands.answer import lane_of
from commands.deferred import Deferred, imported
from commands.root import every_line
from commands.status import status


def test_a_deferred_line_is_the_line_of_its_module() -> None:
    assert imported(Deferred("batch status", "commands.status.status")) is status
    assert imported(status) is status


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (Deferred("batch state", "commands.status.status"), "calls itself “batch status”"),
        (Deferred("batch approve", "commands.approve.approve"), r"\(look\) calls itself .* \(urgent\)"),
    ],
)
def test_a_line_that_the_table_tells_wrongly_of_is_no_line(known: Deferred, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        imported(known)


def test_every_line_has_the_lane_that_the_bot_takes_it_to() -> None:
    assert [line.path for line in every_line() if lane_of(tuple(line.path.split())) != line.lane] == []
