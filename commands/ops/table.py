"""One line of a Markdown table: its cells, and what kind of line it is."""

# Only what every tool on the host strips as well: a no-break space is part of a cell.
BLANKS = " \t\r\v\f"
ESCAPED_PIPE = "\\|"


def begins_row(line: str) -> bool:
    """Whether this line is a row: its first character is a pipe."""
    return line[:1] == "|"


def cells_of(line: str) -> tuple[str, ...]:
    r"""The cells of a line that begins with a pipe, blanks around them gone; `\|` is a pipe within a cell."""
    parts = _parts(line)
    # What follows the last pipe is a cell only where something does follow it, or it is the only one.
    last = len(parts) if parts[-1] or not parts[1:] else -1
    return tuple([part.strip(BLANKS) for part in parts[:last]])


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


def _parts(line: str) -> list[str]:
    """What lies behind each pipe."""
    pieces = line.rstrip(BLANKS).split("|")
    if ESCAPED_PIPE not in line:
        return pieces[1:]
    parts = [""]
    for piece in pieces[1:]:
        if parts[-1].endswith("\\"):
            parts[-1] = f"{parts[-1][:-1]}|{piece}"
        else:
            parts.append(piece)
    return parts[1:]
