"""One line of a Markdown table: its cells, and what kind of line it is."""

from dataclasses import dataclass

# Only what every tool on the host strips as well: a no-break space is part of a cell.
BLANKS = " \t\r\v\f"
ESCAPED_PIPE = "\\|"


@dataclass(frozen=True, slots=True)
class Cells:
    """A line's cells, blanks around them gone. `closed`: it ends with a pipe, as its author's others may."""

    texts: tuple[str, ...]
    closed: bool


def begins_row(line: str) -> bool:
    """Whether this line is a row: its first character is a pipe."""
    return line[:1] == "|"


def cells_of(line: str) -> Cells:
    r"""The cells of a line that begins with a pipe; `\|` is a pipe within a cell."""
    if ESCAPED_PIPE in line:
        return _cells_with_escapes(line)
    parts = line.rstrip(BLANKS).split("|")
    closed = not parts[-1] and len(parts) > 2
    return Cells(tuple([part.strip(BLANKS) for part in (parts[1:-1] if closed else parts[1:])]), closed)


def is_separator(texts: tuple[str, ...]) -> bool:
    """Whether these cells are a `|---|:---:|` line: dashes, with a colon at either end at most."""
    return all(_is_rule(text) for text in texts)


def _is_rule(text: str) -> bool:
    dashes = text.removeprefix(":").removesuffix(":")
    return bool(dashes) and not dashes.strip("-")


def _cells_with_escapes(line: str) -> Cells:
    parts: list[str] = [""]
    for piece in line.rstrip(BLANKS).split("|"):
        if parts[-1].endswith("\\"):
            parts[-1] = f"{parts[-1][:-1]}|{piece}"
        else:
            parts.append(piece)
    closed = not parts[-1] and len(parts) > 3
    texts = parts[2:-1] if closed else parts[2:]
    return Cells(tuple([text.strip(BLANKS) for text in texts]), closed)
