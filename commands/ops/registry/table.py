"""One line of a Markdown table: its cells, and what kind of line it is."""

# Only what every tool on the host strips as well: a no-break space is part of a cell.
BLANKS = " \t\r\v\f"
ESCAPED_PIPE = "\\|"
FEWEST_PIECES = 2  # of a line split at its pipes: what is before the first, and behind it


def begins_row(line: str) -> bool:
    """Whether this line is a row: its first character is a pipe."""
    return line[:1] == "|"


def cells_of(line: str) -> tuple[str, ...]:
    r"""The cells of a line that begins with a pipe, blanks around them gone; `\|` is a pipe within a cell."""
    pieces = _with_escapes(line) if ESCAPED_PIPE in line else line.rstrip(BLANKS).split("|")
    # Nothing behind the last pipe is no cell, unless there is no other.
    end = len(pieces) if pieces[-1] or len(pieces) == FEWEST_PIECES else -1
    return tuple([piece.strip(BLANKS) for piece in pieces[1:end]])


def is_closed(line: str) -> bool:
    """Whether the row ends with a pipe that is not part of a cell."""
    end = line.rstrip(BLANKS)
    return len(end) > 1 and end[-1] == "|" and end[-2] != "\\"


def is_rule(texts: tuple[str, ...]) -> bool:
    """Whether these cells are a `|---|:---:|` line: dashes, with a colon at either end at most."""
    return all(_is_dashes(text) for text in texts)


def _is_dashes(text: str) -> bool:
    dashes = text.removeprefix(":").removesuffix(":")
    return bool(dashes) and not dashes.strip("-")


def _with_escapes(line: str) -> list[str]:
    """The line split at its pipes, those within cells taken for what they are."""
    pieces = [""]
    for piece in line.rstrip(BLANKS).split("|")[1:]:
        if pieces[-1].endswith("\\"):
            pieces[-1] = f"{pieces[-1][:-1]}|{piece}"
        else:
            pieces.append(piece)
    return pieces
