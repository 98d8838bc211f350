"""A large registry read piece by piece: no more of its rows are there at once than one piece has."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from commands.ops.registry.findings import Finding
from commands.ops.registry.line_list import cut, pieces
from commands.ops.registry.rows import Reader, take_in


def in_pieces(data: bytes, reader: Reader) -> Iterator[tuple[int, Sequence[int], list[Finding]]]:
    """Let a reader read; its rows and findings are those of one piece until it is asked for the next.

    Yields how many lines came before, where each of the piece's lines begins, and what in it is no text.
    """
    before = 0
    for start, piece in pieces(data):
        raws, end = cut(piece), start + len(piece)
        stop = data.find(b"\n", end)
        found = take_in(reader, piece, raws, before, data[end : stop if stop >= 0 else len(data)])
        yield before, list(accumulate(map(len, raws), initial=start)), found
        before += len(raws)
        del reader.rows[:], reader.findings[:]
