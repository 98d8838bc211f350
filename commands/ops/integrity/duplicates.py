"""Sites that a registry has more than once, found without parsing all of it.

The first pass takes of each row no more than the beginning of its first cell, a block at a time, and only asks
whether a block has brought fewer new keys than rows: the cheapest thing Python can do with a million of them.
Only rows whose keys are doubled are then cut into cells and compared.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from commands.ops.registry import table
from commands.ops.registry.rows import names_a_column

BLOCK = 32 * 1024  # bytes: few rows share a block with a doubled one, and its keys stay in a CPU cache

SHARDS = 8

# Rows of one domain have one key; rows of one key may still be of several domains (“lo tus.dev”, “lo.dev”).
_KEY = re.compile(rb"\n\|[ \t\r\v\f]*([^| \t\r\v\f\n]+)")
_KEY_OF_ROW = re.compile(_KEY.pattern.removeprefix(rb"\n"))
_ROW = re.compile(rb"\n(\|[ \t\r\v\f]*([^| \t\r\v\f\n]+)[^\n]*)")
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


NONE = Duplicates((), (), 0)


def scan(data: bytes) -> Duplicates:
    """Find the doubled sites in a registry's bytes, whatever else is wrong with it."""
    text = b"\n" + data.removeprefix(_BOM)
    blocks = [(start, end, _KEY.findall(text, start, end)) for start, end in _blocks(text)]
    suspects = _keys_of_crowded_blocks(keys for _, _, keys in blocks)
    if not suspects:
        return NONE
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


def scan_lean(data: bytes) -> Duplicates:
    """The same in an eighth of the memory, 20 bytes a row, and thrice the time."""
    doubled = doubled_keys(data)
    return _compared(row for row, key in _rows(data) if key in doubled) if doubled else NONE


def doubled_keys(data: bytes) -> frozenset[bytes]:
    """The keys that several rows have: of all doubled sites, and perhaps of some others.

    Takes 20 bytes a row, where `scan` takes 160: of each key its hash alone is kept, and an eighth of them sorted at
    a time.
    """
    hashes = array("q")
    for keys in _keys(data):
        hashes.extend(map(hash, keys))
    several: set[int] = set()
    for shard in range(SHARDS):
        ordered = sorted(number for number in hashes if number % SHARDS == shard)
        several.update(one for one, other in pairwise(ordered) if one == other)
    if not several:
        return frozenset()
    times = Counter(key for keys in _keys(data) for key in keys if hash(key) in several)
    return frozenset(key for key, number in times.items() if number > 1)


def key_of(row: bytes) -> bytes | None:
    """The key of a row; None where it has none, or a byte order mark before it."""
    found = _KEY_OF_ROW.match(row)
    return found[1] if found else None


def _keys(data: bytes) -> Iterator[list[bytes]]:
    """The keys of all rows, block by block; the first line has no line feed before it."""
    yield _KEY.findall(b"\n" + data[: data.find(b"\n") + 1 or len(data)].removeprefix(_BOM))
    for start, end in _blocks(data):
        yield _KEY.findall(data, start, end)


def _rows(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """All rows with their keys; the first line has no line feed before it."""
    yield from _ROW.findall(b"\n" + data[: data.find(b"\n") + 1 or len(data)].removeprefix(_BOM))
    for start, end in _blocks(data):
        yield from _ROW.findall(data, start, end)


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
