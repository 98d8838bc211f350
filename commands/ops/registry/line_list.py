"""The lines of a large text: cut out of it when they are asked for, four bytes kept for each."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import overload

LARGE = 2 * 1024**2  # bytes: below, a plain list is quicker and takes little
PIECE = 256 * 1024  # bytes


def split(data: bytes) -> Sequence[bytes]:
    """Lines with their ends, as `sed -n 12p` counts them: only a line feed ends one."""
    return LineList(data) if len(data) > LARGE else cut(data)


def cut(data: bytes) -> list[bytes]:
    """The same, all of them made at once."""
    *whole, rest = data.split(b"\n")
    return [line + b"\n" for line in whole] + ([rest] if rest else [])


def pieces(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Some whole lines at a time, and where they begin."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + PIECE) + 1 or len(data)
        yield start, data[start:end]
        start = end


Text = bytes | memoryview


def stretch(lines: Sequence[bytes], start: int, end: int) -> Text:
    """The lines from one to before another, as one; of a large text nothing is copied."""
    return lines.stretch(start, end) if isinstance(lines, LineList) else b"".join(lines[start:end])


class LineList(Sequence[bytes]):
    """The lines of `data`, in order; a slice is a list."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._ends = array("I")
        for start, piece in pieces(data):
            ends = accumulate(map(len, cut(piece)), initial=start)
            next(ends)
            self._ends.extend(ends)

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[bytes]:
        for _, piece in pieces(self.data):
            yield from cut(piece)

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> list[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | list[bytes]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        number = range(len(self))[at]
        return self.data[self._begin(number) : self._ends[number]]

    def having(self, text: bytes) -> Iterator[int]:
        """The lines that this stands in, which has no line end, counted from 0."""
        at = self.data.find(text)
        while at >= 0:
            number = bisect_right(self._ends, at)
            yield number
            at = self.data.find(text, self._ends[number])

    def stretch(self, start: int, end: int) -> memoryview:
        """The lines from one to before another, uncopied."""
        return memoryview(self.data)[self._begin(start) : self._begin(end)]

    def _begin(self, number: int) -> int:
        return self._ends[number - 1] if number else 0
