"""Sites that a registry has more than once, found without parsing all of it.

The first pass takes of each row no more than the beginning of its first cell, a block at a time, and only asks
whether a block has brought fewer new keys than rows: the cheapest thing Python can do with a million of them.
Only rows whose keys are doubled are then cut into cells and compared.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from commands.ops import table
from commands.ops.rows import names_a_column

BLOCK = 32 * 1024  # bytes: few rows share a block with a doubled one, and its keys stay in a CPU cache

# Rows of one domain have one key; rows of one key may still be of several domains (“lo tus.dev”, “lo.dev”).
_KEY = re.compile(rb"\n\|[ \t\r\v\f]*([^| \t\r\v\f\n]+)")
_ROW = re.compile(rb"\n(\|[ \t\r\v\f]*([^| \t\r\v\f\n]+)[^\n]*)")
FEWEST_SLOTS = 16  # bits
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Sites with several rows, in the order of their first ones.

    identical: their rows say the same, blanks apart. conflicting: they do not. surplus_rows: what is more than one
    row a site, of both.
    """

    identical: tuple[str, ...]
    conflicting: tuple[str, ...]
    surplus_rows: int


def scan(data: bytes) -> Duplicates:
    """Find the doubled sites in a registry's bytes, whatever else is wrong with it."""
    text = b"\n" + data.removeprefix(_BOM)
    blocks = [(start, end, _KEY.findall(text, start, end)) for start, end in _blocks(text)]
    suspects = _keys_of_crowded_blocks(keys for _, _, keys in blocks)
    if not suspects:
        return Duplicates((), (), 0)
    suspected = [(start, end, list(filter(suspects.__contains__, keys))) for start, end, keys in blocks]
    times = Counter(key for _, _, keys in suspected for key in keys)
    doubled = {key for key, number in times.items() if number > 1}
    return _compared(
        row
        for start, end, keys in suspected
        if not doubled.isdisjoint(keys)
        for row, key in _ROW.findall(text, start, end)
        if key in doubled
    )


def repeated_keys(data: bytes) -> set[bytes]:
    """The keys that rows have in common, and a few more: what one can know of a million in 32 MiB.

    Slower than `scan`, which keeps every key.
    """
    slots = 1 << max(
        FEWEST_SLOTS, len(data).bit_length() - 1
    )  # thirty a row or so: one key in seventy is one too many
    seen, mask = bytearray(slots), slots - 1
    repeated: set[bytes] = set()
    for start, end in _blocks(data):
        # The first row has no line feed before it.
        keys = (
            _KEY.findall(data, start, end) if start else _KEY.findall(b"\n" + data[:end].removeprefix(_BOM))
        )
        for key in keys:
            slot = hash(key) & mask
            if seen[slot]:
                repeated.add(key)
            seen[slot] = 1
    return repeated


def key_of(row: bytes) -> bytes:
    """The key of a row's line: what `repeated_keys` tells."""
    words = row.split(b"|", 2)[1].split(None, 1)
    return words[0] if words else b""


def _blocks(text: bytes) -> Iterator[tuple[int, int]]:
    """Stretches that begin with a line feed and end before one."""
    start = 0
    while start < len(text):
        end = text.find(b"\n", start + BLOCK)
        end = len(text) if end < 0 else end
        yield start, end
        start = end


def _keys_of_crowded_blocks(blocks: Iterable[list[bytes]]) -> set[bytes]:
    """All keys of those blocks that have a key which they, or an earlier one, had before."""
    seen: set[bytes] = set()
    crowded: set[bytes] = set()
    for keys in blocks:
        expected = len(seen) + len(keys)
        seen.update(keys)
        if len(seen) < expected:
            crowded.update(keys)
    return crowded


def _compared(rows: Iterable[bytes]) -> Duplicates:
    by_domain: dict[str, list[tuple[str, ...]]] = {}
    for row in rows:
        cells = table.cells_of(row.decode("utf-8", "backslashreplace"))
        if not (table.is_rule(cells) or names_a_column(cells)):
            by_domain.setdefault(cells[0], []).append(cells)
    several = {domain: rows for domain, rows in by_domain.items() if len(rows) > 1}
    identical = tuple(domain for domain, rows in several.items() if len(set(rows)) == 1)
    conflicting = tuple(domain for domain, rows in several.items() if len(set(rows)) > 1)
    return Duplicates(identical, conflicting, sum(len(rows) - 1 for rows in several.values()))
