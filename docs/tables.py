"""Renews the tables of README.md that are made from the code: `make docs`; `make check` compares them."""

import ast
import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from inspect import getdoc
from pathlib import Path

from commands.ops.settings import OpsSettings, is_table
from commands.reply import EXIT_CODES
from commands.root import every_line

CHECKOUT = Path(__file__).parents[1]
README = CHECKOUT / "README.md"

MEANINGS = {
    "fine": "fine",
    "trouble": "trouble was found",
    "usage": "the line, or a setting, is wrong",
    "refused": "refused: by role, by rule, or not built yet",
    "failed": "the operation failed",
}


def lines() -> str:
    """Every line, who may ask it, and what it does."""
    rows = [(f"`{line.usage}`", line.role.name, line.summary) for line in every_line()]
    return _table(("line", "role", "what it does"), rows)


def exit_codes() -> str:
    """What `wavewarden ask` ends with."""
    rows = [(str(code), MEANINGS[outcome]) for outcome, code in EXIT_CODES.items()]
    return _table(("exit code", "meaning"), rows)


def sections() -> str:
    """The tables of the settings file, each by the first line of its docstring."""
    rows = [
        (f"`[{setting.name}]`", str(getdoc(setting.type)).splitlines()[0])
        for setting in fields(OpsSettings)
        if is_table(setting)
    ]
    return _table(("table", "what it tells"), rows)


def packages() -> str:
    """What lies where below `commands`: each package by its own first words."""
    homes = sorted(path.parent for path in (CHECKOUT / "commands").glob("*/**/__init__.py"))
    rows = [(f"`{home.relative_to(CHECKOUT)}/`", _first_words(home / "__init__.py")) for home in homes]
    return _table(("package", "what is there"), rows)


def _first_words(path: Path) -> str:
    return str(ast.get_docstring(ast.parse(path.read_text()))).splitlines()[0]


TABLES = {"lines": lines, "exit codes": exit_codes, "tables": sections, "packages": packages}


def renewed(text: str) -> str:
    """The text with each table anew between its marks.

    Raises:
        ValueError: a table has no place.
    """
    for name, table in TABLES.items():
        begin, end = f"<!-- {name}: made by `make docs` -->", f"<!-- end of {name} -->"
        text, places = re.subn(
            rf"{re.escape(begin)}.*?{re.escape(end)}",
            f"{begin}\n\n{table()}\n\n{end}".replace("\\", r"\\"),
            text,
            flags=re.DOTALL,
        )
        if places != 1:
            raise ValueError(f"README.md needs the marks {begin} and {end} once.")
    return text


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in cells)


if __name__ == "__main__":
    README.write_text(renewed(README.read_text()))
