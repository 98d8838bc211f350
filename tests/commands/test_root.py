"""The tree of lines."""

import pytest

from commands.line import About, Line
from commands.reply import Reply
from commands.root import LINES, plant


def _line(path: str) -> Line:
    return Line(path, lambda: Reply("fine", "ok"), About("", (path,)))


def test_two_lines_of_one_name_stop_the_start() -> None:
    with pytest.raises(ValueError, match="Two lines are called “batch status”"):
        plant((_line("batch status"), _line("batch status")))


def test_a_line_below_a_line_stops_the_start() -> None:
    with pytest.raises(TypeError, match="stands below the line “batch”"):
        plant((_line("batch"), _line("batch status")))


def test_every_line_explains_itself() -> None:
    for line in LINES:
        assert line.summary.endswith("."), line.path
        assert line.examples, line.path
        assert all(example.startswith(line.path) for example in line.examples), line.path
