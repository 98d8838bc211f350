"""Targets that are rows of the registry: their names, and the lines that a preview shows of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from commands.ops.edits.rows import LineEdit
from commands.ops.operation import Target

ROW = "row "


def site_of(target: Target) -> str:
    """Whose row it is."""
    return target.key.removeprefix(ROW)


def row_about(edits: Sequence[LineEdit]) -> Mapping[str, Any]:
    """What a preview shows of these edits of one site: `edits`, each a line's number, text before and after."""
    return {"edits": [[edit.line, _text(edit.before), _text(edit.after)] for edit in edits]}


def _text(text: bytes | None) -> str | None:
    return None if text is None else text.decode("utf-8", "backslashreplace")
