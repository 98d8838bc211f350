"""Two versions of a registry, cut down to the sites that they do not have alike; one of them is in memory at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from commands.ops.edits.held import Held
from commands.ops.edits.lines import key_of, text_of
from commands.ops.registry import registry
from commands.ops.registry.hash_index import uneven
from commands.ops.registry.line_list import cut, pieces
from commands.ops.registry.registry import Registry
from commands.ops.settings import OpsSettings

ONE_HEADER = 2  # lines: it, and what is below it


@dataclass(frozen=True, slots=True)
class Outline:
    """What of a version's rows comparing needs.

    headers: the lines of its headers and of what is below them. doubled: the keys of the sites with several rows, of
    which now another one counts than then.
    """

    headers: frozenset[int]
    doubled: frozenset[bytes]

    @classmethod
    def of(cls, table: Registry) -> "Outline":
        """Of a version that was parsed."""
        return cls(
            frozenset(number + below for number, _ in table.headers for below in (0, 1)),
            frozenset(key_of(text_of(row.raw)) for rows in table.several().values() for row in rows),
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """A version held for comparing; of a large one the rows need not be there any more."""

    held: Held
    outline: Outline


def unlike(settings: OpsSettings, one: Kept, other: Kept) -> tuple[Registry, Registry]:
    """Both as if they had no other sites than those whose lines differ; whole where lines do not mean the same in both."""
    odd = uneven(_lines(one.held), _lines(other.held))
    if not all(_is_plain(kept) and not _headers(kept, odd) for kept in (one, other)):
        return registry.parsed(settings, one.held.data), registry.parsed(settings, other.held.data)
    keys = _keys(one, odd) | _keys(other, odd)
    return _cut_down(settings, one, keys), _cut_down(settings, other, keys)


def _lines(held: Held) -> Iterator[bytes]:
    for _, piece in pieces(held.data):
        yield from cut(piece)


def _is_plain(kept: Kept) -> bool:
    """Whether a row means the same wherever it stands: there is one header, and what looks like a row is below it."""
    if len(kept.outline.headers) != ONE_HEADER:
        return False
    header = min(kept.outline.headers)
    return not any(line.startswith(b"|") for line in islice(_lines(kept.held), header - 1))


def _headers(kept: Kept, odd: frozenset[int]) -> bool:
    """Whether a header is among what differs: then rows that read alike do not mean the same."""
    return any(
        hash(line) in odd for at, line in enumerate(_lines(kept.held), 1) if at in kept.outline.headers
    )


def _keys(kept: Kept, odd: frozenset[int]) -> set[bytes]:
    return {key_of(text_of(line)) for line in _lines(kept.held) if hash(line) in odd} | kept.outline.doubled


def _cut_down(settings: OpsSettings, kept: Kept, keys: set[bytes]) -> Registry:
    lines = enumerate(_lines(kept.held), 1)
    data = b"".join(line for at, line in lines if at in kept.outline.headers or key_of(text_of(line)) in keys)
    return registry.parsed(settings, data)
