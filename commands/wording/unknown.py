"""What is said to a line that is not known, or not whole: one sentence, the nearest line, nothing hidden shown."""

from collections.abc import Sequence
from difflib import SequenceMatcher, get_close_matches

import click

from commands.line import Line

SHOWN = 60  # characters said back
LIKE = 0.7  # 1 is the same


def unknown_line(argv: Sequence[str], lines: Sequence[str]) -> str:
    """“batch statsu” is not known; the nearest of the lines that this caller may ask."""
    said = " ".join(argv)
    groups = {path.rsplit(" ", 1)[0] for path in lines if " " in path}
    for number in range(len(argv), 0, -1):
        group = " ".join(argv[:number]).lower()
        if group in groups and (number > 1 or number == len(argv)):
            return f"“{group}” goes on: {_listed([path for path in lines if path.startswith(f'{group} ')])}."
    near = _nearest(argv, lines)
    return f"I do not know “{clipped(said, SHOWN)}”. " + (
        f"Did you mean “{near}”?" if near else "Try “help”."
    )


def unknown_option(argv: Sequence[str], error: click.NoSuchOption) -> str:
    """`--stauts` is not an option of this line; the nearest one, or all of them."""
    line = error.ctx.command if error.ctx else None
    path = line.path if isinstance(line, Line) else " ".join(argv[:2])
    options = [opt for param in (line.params if line else []) for opt in param.opts if opt.startswith("--")]
    near = get_close_matches(error.option_name, options, n=1, cutoff=0.5)
    said = f"“{path}” has no option {clipped(error.option_name, SHOWN)}"
    if near:
        return f"{said}: did you mean {near[0]}?"
    return f"{said}; it has {_listed(options)}." if options else f"{said}; it has none."


def missing_word(error: click.MissingParameter) -> str:
    """The line lacks something: how it is written."""
    line = error.ctx.command if error.ctx else None
    return (
        f"That is not whole: it is written “{line.usage}”."
        if isinstance(line, Line)
        else error.format_message()
    )


def clipped(text: str, length: int) -> str:
    """One line of at most `length` characters."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"


def _nearest(argv: Sequence[str], lines: Sequence[str]) -> str | None:
    """Each line is compared with as many words as it has itself, so that options and names do not blur it.

    Where fewer were said, so many of its own count: `redeplyo` is near to `redeploy wave`.
    """
    likeness = {path: _likeness(argv[: len(path.split())], path.split()) for path in lines}
    best = max(likeness, key=lambda path: likeness[path], default=None)
    return best if best and likeness[best] >= LIKE else None


def _likeness(said: Sequence[str], path: Sequence[str]) -> float:
    words = " ".join(said).lower()[:SHOWN]
    return SequenceMatcher(None, words, " ".join(path[: len(said)])).ratio()


def _listed(names: list[str]) -> str:
    return ", ".join(names)
