"""Lines of logs that have some text in them: by ripgrep, else in blocks, since a log may be larger than memory."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from commands.ops.machine.files.files import Unreadable, regular_file
from commands.ops.machine.logs import ripgrep

BLOCK = 4 * 1024**2


def in_all(paths: Sequence[Path], text: str, most: int) -> dict[Path, tuple[str, ...] | Unreadable]:
    """Each file's last lines, `most` of them, that have this text in them; or why it cannot be read."""
    plain = [path for path in paths if path.is_file() and os.access(path, os.R_OK)]
    quickly = ripgrep.lines_with(plain, text)
    found: dict[Path, tuple[str, ...] | Unreadable] = {}
    for path in paths:
        if quickly is not None and path in plain:
            found[path] = tuple(_text(line) for line in quickly.get(path, ())[-most:])
            continue
        try:
            found[path] = lines_with(path, text.encode(), most)
        except Unreadable as error:
            found[path] = error
    return found


def lines_with(path: Path, needle: bytes, most: int) -> tuple[str, ...]:
    r"""The last lines, `most` of them, that have `needle` in them as it is; bytes that are not UTF-8 as `\\xff`.

    Raises:
        Unreadable: one of its kinds (commands.ops.machine.files.files).
    """
    found: deque[bytes] = deque(maxlen=most)
    with regular_file(path) as descriptor:
        for block in _whole_lines(descriptor):
            # A search of the block for the bytes costs a hundredth of looking at each of its lines.
            place = block.find(needle)
            while place >= 0:
                start, end = block.rfind(b"\n", 0, place) + 1, block.find(b"\n", place)
                end = len(block) if end < 0 else end
                found.append(block[start:end])
                place = block.find(needle, end)
    return tuple(map(_text, found))


def _text(line: bytes) -> str:
    return line.removesuffix(b"\r").decode("utf-8", "backslashreplace")


def _whole_lines(descriptor: int) -> Iterator[bytes]:
    """The file in blocks that end with a line; a line longer than a block is cut."""
    rest = b""
    while data := os.read(descriptor, BLOCK):
        block, line_end, rest = (rest + data).rpartition(b"\n")
        if line_end:
            yield block
        elif len(rest) > BLOCK:
            yield rest
            rest = b""
    if rest:
        yield rest
