"""A Reply in the terminal, set with Rich: verdict first, figures, evidence, what one may type next."""

from datetime import datetime
from functools import singledispatch

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.syntax import Syntax
from rich.table import Table as RichTable
from rich.text import Text as RichText

from commands.reply import (
    Diff,
    Facts,
    Image,
    Lines,
    Part,
    Proposal,
    Reply,
    Severity,
    Table,
    Text,
    Value,
)
from commands.wording.values import UNKNOWN, in_words, is_figure

COLOURS: dict[Severity, str] = {"ok": "green", "info": "cyan", "warning": "yellow", "critical": "red"}
NO_TERMINAL = 140  # columns


def console() -> Console:
    """The terminal; where there is none to ask, wide enough for a table."""
    made = Console(highlight=False)
    return made if made.is_terminal else Console(highlight=False, width=NO_TERMINAL)


def show(reply: Reply, console: Console) -> None:
    """Print it; machine text is never read as markup, control characters are made visible."""
    console.print(_headline(reply), soft_wrap=True)
    for part in sorted(reply.parts, key=lambda part: part.evidence):
        console.print()
        console.print(_part(part))
    if reply.problems:
        console.print()
        console.print(_problems(reply.problems))
    if reply.offers:
        console.print()
        console.print(_proposals(reply.offers))


def _headline(reply: Reply) -> RichText:
    return RichText.assemble(("● ", COLOURS[reply.severity]), (visible(reply.headline), "bold"))


@singledispatch
def _part(part: Part) -> RenderableType:
    raise TypeError(f"no way to show {type(part).__name__}")


@_part.register
def _(part: Text) -> RenderableType:
    return RichText.assemble((visible(part.lead), "bold"), visible(part.text))


@_part.register
def _(part: Facts) -> RenderableType:
    grid = RichTable.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value in part.items:
        grid.add_row(RichText(visible(label)), _value(value))
    return _titled(part.title, grid)


@_part.register
def _(part: Table) -> RenderableType:
    table = RichTable(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for position, column in enumerate(part.columns):
        numeric = bool(part.rows) and all(is_figure(row[position]) for row in part.rows)
        table.add_column(escape(column), justify="right" if numeric else "left", overflow="fold")
    for row in part.rows:
        table.add_row(*(_value(value) for value in row))
    return _titled(part.title, table)


@_part.register
def _(part: Lines) -> RenderableType:
    return _titled(part.title, RichText("\n".join(visible(line) for line in part.lines)))


@_part.register
def _(part: Diff) -> RenderableType:
    text = "\n".join(visible(line) for line in part.lines)
    return _titled(part.title, Syntax(text, "diff", background_color="default", word_wrap=True))


@_part.register
def _(part: Image) -> RenderableType:
    return RichText(f"{visible(part.alt)} ({visible(part.path)})")


def _titled(title: str, body: RenderableType) -> RenderableType:
    return (
        Group(RichText(visible(title), "underline"), Padding(body, (0, 0, 0, 2)))
        if title
        else Padding(body, (0, 0, 0, 2))
    )


def _problems(problems: tuple[str, ...]) -> RenderableType:
    lines = [RichText.assemble(("! ", "yellow"), visible(problem)) for problem in problems]
    return _titled("Could not be read", Group(*lines))


def _proposals(proposals: tuple[Proposal, ...]) -> RenderableType:
    grid = RichTable.grid(padding=(0, 2))
    for proposal in proposals:
        command = f'wavewarden ask "{proposal.line}"'
        grid.add_row(RichText(visible(proposal.label)), RichText(visible(command), "cyan"))
    return _titled("Next", grid)


def _value(value: Value) -> RichText:
    if value is None:
        return RichText(UNKNOWN, "dim")
    return RichText(visible(in_words(value, _local)))


def visible(text: str) -> str:
    """Control characters as escapes: a log line must not move the cursor or set a window's title."""
    return "".join(
        char if char.isprintable() or char == "\n" else char.encode("unicode_escape").decode()
        for char in text
    )


def _local(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S %Z")
