"""A Reply in the terminal."""

import io
from datetime import UTC, datetime

import pytest
from rich.console import Console

from commands.line import Line
from commands.reply import (
    Confirm,
    Diff,
    Facts,
    Image,
    Lines,
    Part,
    Proposal,
    Reply,
    Size,
    Span,
    Table,
    Text,
    When,
)
from commands.root import every_line
from commands.terminal import show
from tests.commands.conftest import Asks


def _shown(reply: Reply) -> str:
    out = io.StringIO()
    show(reply, Console(file=out, width=100, highlight=False))
    return out.getvalue()


EVERY_PART: tuple[Part, ...] = (
    Text("in words"),
    Facts((("Free", Size(2048)), ("Rate", None)), "Figures"),
    Table(("Site", "Age"), (("lotus.dev", Span(90)), ("a.de", None))),
    Lines(("a [bold]line[/bold]",), "Log"),
    Diff(("-old", "+new")),
    Image("plot.png", "growth over an hour"),
    Facts((("At", When(datetime(2026, 11, 22, 3, 12, tzinfo=UTC))),)),
)


def test_every_kind_of_part_is_shown() -> None:
    text = _shown(Reply("trouble", "Worse", "warning", parts=EVERY_PART))
    for words in (
        "in words",
        "2.0 KiB",
        "not measured",
        "lotus.dev",
        "1 min",
        "a [bold]line[/bold]",
        "+new",
        "growth",
        "2026-11-22",
    ):
        assert words in text


def test_the_verdict_comes_first_and_the_next_lines_last() -> None:
    text = _shown(
        Reply(
            "trouble",
            "The verdict",
            parts=(Text("proof", evidence=True), Text("figure")),
            problems=("The log is missing.",),
            proposals=(
                Proposal("Look again", "batch status", confirm=Confirm("Sure?", "It is quick.", "Look")),
            ),
        )
    )
    words = ["The verdict", "figure", "proof", "The log is missing.", 'wavewarden ask "batch status"']
    assert sorted(words, key=text.index) == words


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\x1b]0;title\x07", "\r", "\u202e", "\x00", "\ud800"])
def test_machine_text_cannot_drive_the_terminal(hostile: str) -> None:
    text = _shown(
        Reply("fine", f"head{hostile}", parts=(Lines((f"x{hostile}y",)), Text(hostile)), problems=(hostile,))
    )
    assert hostile not in text


@pytest.mark.parametrize("line", every_line(), ids=lambda line: line.path)
def test_every_line_answers_its_examples_in_the_terminal(line: Line, asks: Asks) -> None:
    for example in line.examples:
        reply = asks(example)
        assert reply.headline in " ".join(_shown(reply).split())
