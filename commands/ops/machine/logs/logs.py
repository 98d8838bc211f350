"""The end of a log, without reading its beginning."""

import os
from dataclasses import dataclass
from pathlib import Path

from commands.ops.machine.files.files import regular_file

FIRST_BLOCK = 16 * 1024
MOST_BYTES = 4 * 1024**2  # a log without line ends must not fill the memory


@dataclass(frozen=True, slots=True)
class Tail:
    """The last lines, the oldest first. `truncated`: they are more bytes than we read, so the first is cut."""

    lines: tuple[str, ...]
    truncated: bool


def tail(path: Path, lines: int, most_bytes: int = MOST_BYTES) -> Tail:
    r"""The last lines of a file as text; bytes that are not UTF-8 are shown as `\\xff`.

    Raises:
        Unreadable: one of its kinds (commands.ops.machine.files.files).
    """
    with regular_file(path) as descriptor:
        data, reaches_start = _end_of(descriptor, lines, most_bytes)
    whole = data.removesuffix(b"\n").split(b"\n") if data else []
    last = whole[max(len(whole) - lines, 0) :]
    texts = [line.removesuffix(b"\r").decode("utf-8", "backslashreplace") for line in last]
    return Tail(tuple(texts), truncated=not reaches_start and len(whole) <= lines)


def _end_of(descriptor: int, lines: int, most_bytes: int) -> tuple[bytes, bool]:
    """The file's end, in blocks that grow, until it has more line ends than lines; and whether that is all of it."""
    start = end = os.fstat(descriptor).st_size
    blocks: list[bytes] = []
    line_ends, size = 0, FIRST_BLOCK
    while start > 0 and line_ends <= lines and end - start < most_bytes:
        size = min(size, start, most_bytes - (end - start))
        start -= size
        blocks.append(os.pread(descriptor, size, start))
        line_ends += blocks[-1].count(b"\n")
        size *= 4
    return b"".join(reversed(blocks)), start == 0


@dataclass(frozen=True, slots=True)
class End:
    """The last bytes of a file. size: of all of it."""

    data: bytes
    size: int

    @property
    def whole(self) -> bool:
        """Whether that is all of it."""
        return len(self.data) == self.size


def end(path: Path, most_bytes: int) -> End:
    """The last bytes of a file as it stands at this moment, without reading what is before them.

    Raises:
        Unreadable: one of its kinds (commands.ops.machine.files.files).
    """
    with regular_file(path) as descriptor:
        size = os.fstat(descriptor).st_size
        start = max(size - most_bytes, 0)
        blocks = []
        while start < size and (block := os.pread(descriptor, size - start, start)):
            blocks.append(block)
            start += len(block)
    data = b"".join(blocks)
    return End(data, size)
