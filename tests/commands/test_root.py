"""The tree of lines."""

from datetime import UTC, datetime
from typing import cast

import click
import pytest

from commands.line import About, Asked, Line
from commands.ops.house import House
from commands.ops.roles import Caller, Role
from commands.reply import Ask, Reply
from commands.root import every_line, plant


def _line(path: str) -> Line:
    return Line(path, lambda _: Reply("fine", path), About("", (path,)))


def _asked(tree: click.Group, *words: str) -> str:
    """What the line that these words ask says: its path."""
    ask = Ask("test", words, Caller("U0VERA", "Vera", "slack"), datetime.now(UTC))
    with tree.make_context("", list(words), obj=Asked(ask, cast("House", None), Role.viewer)) as context:
        reply: Reply = tree.invoke(context)
    return reply.headline


def test_two_lines_of_one_name_stop_the_start() -> None:
    with pytest.raises(ValueError, match="Two lines are called “batch status”"):
        plant((_line("batch status"), _line("batch status")))


def test_words_alone_are_a_line_beside_those_that_begin_with_them() -> None:
    tree = plant((_line("dedupe"), _line("dedupe fix")))
    assert [_asked(tree, "dedupe"), _asked(tree, "dedupe", "fix")] == ["dedupe", "dedupe fix"]
    with pytest.raises(click.NoSuchOption):
        _asked(tree, "dedupe", "--fix")
    with pytest.raises(click.NoSuchCommand):
        _asked(tree, "dedupe", "fxi")


def test_words_alone_are_one_line() -> None:
    with pytest.raises(ValueError, match="Two lines are called “dedupe”"):
        plant((_line("dedupe"), _line("dedupe fix"), _line("dedupe")))


def test_every_line_explains_itself() -> None:
    for line in every_line():
        assert line.summary.endswith("."), line.path
        assert line.examples, line.path
        assert all(example.startswith(line.path) for example in line.examples), line.path
