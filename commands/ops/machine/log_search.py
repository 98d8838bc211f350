"""Lines of a log that have some bytes in them, in blocks: a log may be larger than memory."""

import os
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from commands.ops.machine.files import regular_file

BLOCK = 4 * 1024**2


def lines_with(path: Path, needle: bytes, most: int) -> tuple[str, ...]:
    r"""The last lines, `most` of them, that have `needle` in them as it is; bytes that are not UTF-8 as `\\xff`.

    Raises:
        Unreadable: one of its kinds (commands.ops.machine.files).
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
    return tuple(line.removesuffix(b"\r").decode("utf-8", "backslashreplace") for line in found)


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
