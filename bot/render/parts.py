"""A part of a Reply as blocks, cut into pieces that each fit into a message."""

from functools import singledispatch

from bot.render import blocks, values
from bot.render.blocks import Block
from bot.render.escape import clipped, escape, unfenced, visible
from commands.reply import Diff, Facts, Image, Lines, Part, Table, Text
from commands.wording.values import is_figure

PIECE = 2900  # characters of machine text in one block
ROWS = 50  # rows of a table in one message, below Slack's 100: so many fit its sum of characters
TABLE_WEIGHT = 9000
TITLE = 300  # characters


@singledispatch
def as_blocks(part: Part) -> list[Block]:
    """The blocks of one part, in order."""
    raise TypeError(f"no way to show {type(part).__name__}")


@as_blocks.register
def _(part: Text) -> list[Block]:
    lead = f"*{escape(part.lead.rstrip())}*{part.lead[-1]}" if part.lead else ""
    text = f"{lead}{escape(part.text)}"
    return [blocks.section(piece) for piece in pieces(text.split("\n"), PIECE)]


@as_blocks.register
def _(part: Facts) -> list[Block]:
    pairs = [(escape(label), values.mrkdwn(value)) for label, value in part.items]
    return [*_title(part.title), *blocks.fields(pairs)]


@as_blocks.register
def _(part: Table) -> list[Block]:
    if not part.rows:
        return [*_title(part.title), blocks.context("None.")]
    head = [values.cell(column) for column in part.columns]
    figures = [all(is_figure(row[column]) for row in part.rows) for column in range(len(part.columns))]
    body = [[values.cell(value) for value in row] for row in part.rows]
    return [*_title(part.title), *(blocks.table([head, *rows], figures) for rows in _table_pages(body))]


@as_blocks.register
def _(part: Lines) -> list[Block]:
    return [*_title(part.title), *_machine_text(part.lines)]


@as_blocks.register
def _(part: Diff) -> list[Block]:
    return [*_title(part.title), *_machine_text(part.lines)]


@as_blocks.register
def _(part: Image) -> list[Block]:
    return [blocks.context(escape(part.alt))]


def runs(part: Part) -> list[list[Block]]:
    """The blocks of one part, in pieces that a message must not break: a title stands above what it names."""
    made = as_blocks(part)
    titled = 2 if getattr(part, "title", "") else 1
    return [run for run in (made[:titled], *([block] for block in made[titled:])) if run]


def pieces(lines: list[str], limit: int) -> list[str]:
    """Lines joined into texts of at most `limit` characters; a longer line is cut, nothing is dropped."""
    made: list[str] = []
    for line in lines:
        for start in range(0, max(len(line), 1), limit):
            piece = line[start : start + limit]
            if made and len(made[-1]) + 1 + len(piece) <= limit:
                made[-1] += f"\n{piece}"
            else:
                made.append(piece)
    return [piece if piece.strip() else " " for piece in made]


def _machine_text(lines: tuple[str, ...]) -> list[Block]:
    shown = [unfenced(visible(line)) for line in lines] or ["(nothing)"]
    return [blocks.preformatted(piece) for piece in pieces(shown, PIECE)]


def _table_pages(rows: list[list[Block]]) -> list[list[list[Block]]]:
    pages: list[list[list[Block]]] = [[]]
    weight = 0
    for row in rows:
        heavy = blocks.weight(row)
        if pages[-1] and (len(pages[-1]) == ROWS or weight + heavy > TABLE_WEIGHT):
            pages.append([])
            weight = 0
        pages[-1].append(row)
        weight += heavy
    return pages


def _title(title: str) -> list[Block]:
    return [blocks.section(f"*{escape(clipped(title, TITLE))}*")] if title else []
