"""`help [line]`: what this caller may ask, with examples; made from the lines themselves."""

import click

from commands.deferred import Deferred, imported
from commands.line import Asked, Line, line
from commands.ops.errors import WrongUsage
from commands.reply import Lines, Reply, Table
from commands.wording.unknown import unknown_line


@line(
    "help",
    summary="What you may ask, with examples.",
    examples=("help", "help batch status"),
)
@click.argument("words", nargs=-1, metavar="LINE")
def help_line(asked: Asked, words: tuple[str, ...]) -> Reply:
    """All lines of the caller's role, or one in full."""
    lines = [known for known in _planted() if known.role <= asked.role]
    wanted = " ".join(words).lower().lstrip("/")
    one = next((known for known in lines if known.path in (wanted, f"batch {wanted}")), None)
    below = [known for known in lines if f"{known.path} ".startswith(f"{wanted} ")] if wanted else lines
    if one and len(below) <= 1:
        return _one(one)
    if not below:
        raise WrongUsage(unknown_line(wanted.split(), [known.path for known in lines]))
    return _many(below, asked.role.name)


def _one(known: Line) -> Reply:
    options = tuple((_written(param), str(getattr(param, "help", None) or "")) for param in known.params)
    described = tuple(row for row in options if row[1])
    return Reply(
        "fine",
        f"{known.usage}: {known.summary}",
        "info",
        facts={
            "line": known.path,
            "usage": known.usage,
            "role": known.role.name,
            "examples": list(known.examples),
        },
        parts=(
            *((Table(("Option", "Meaning"), described, evidence=False),) if described else ()),
            Lines(known.examples, "Examples", evidence=False),
        ),
        audience="caller",
    )


def _many(lines: list[Line], role: str) -> Reply:
    rows = tuple((known.usage, known.summary) for known in lines)
    return Reply(
        "fine",
        f"You may ask {len(lines)} lines as {role}; “help LINE” shows one with its examples.",
        "info",
        facts={"lines": [known.path for known in lines], "role": role},
        parts=(
            Table(("Line", "What it does"), rows, evidence=False),
            Lines(tuple(known.examples[-1] for known in lines), "Examples", evidence=False),
        ),
        audience="caller",
    )


def _planted() -> list[Line]:
    """Every line of the tree that is being asked; the tree knows us, so we cannot import it."""
    found: list[Line] = []
    nodes: list[click.Command] = [click.get_current_context().find_root().command]
    while nodes:
        node = nodes.pop(0)
        if isinstance(node, Line | Deferred):
            found.append(imported(node))
        elif isinstance(node, click.Group):
            nodes[:0] = node.commands.values()
    return found


def _written(param: click.Parameter) -> str:
    return f"{param.opts[-1]} {param.metavar or ''}".strip()
