"""How far files would shrink, from packing a few of them."""

import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from commands.ops.machine.files.trees import BLOCK

DIRECTORIES, FILES = 24, 8  # that are tried: so many, and of each so many files
MOST_BYTES = 128 * 1024  # of one file
LEVEL = 6  # of gzip, by default
PAGE = 4096  # what a file system gives space out in


@dataclass(frozen=True, slots=True)
class Shrinking:
    """Shares of the space taken now: in one archive, and file by file, where each still takes whole pages."""

    archived: float
    file_by_file: float


def tried(directories: Iterable[Path]) -> Shrinking | None:
    """Pack the beginnings of some files of these directories in memory; None where there is none to try."""
    taken = packed = packed_pages = 0
    for allocated, read, small in _samples(directories):
        share = small / max(read, 1)
        taken += allocated
        packed += int(allocated * share) if read > PAGE else small
        packed_pages += min(allocated, -(-int(allocated * share) // PAGE) * PAGE)
    return Shrinking(min(packed / taken, 1.0), packed_pages / taken) if taken else None


def _samples(directories: Iterable[Path]) -> Iterator[tuple[int, int, int]]:
    """Of each file: bytes allocated, bytes read, and these when packed."""
    wanted = list(directories)
    for directory in wanted[:: max(1, len(wanted) // DIRECTORIES)]:
        try:
            with os.scandir(directory) as listing:
                files = [one.path for one in listing if one.is_file(follow_symlinks=False)][:FILES]
            for path in files:
                yield _sample(path)
        except OSError:
            continue


def _sample(path: str) -> tuple[int, int, int]:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        data = os.read(descriptor, MOST_BYTES)
        return os.fstat(descriptor).st_blocks * BLOCK, len(data), len(zlib.compress(data, LEVEL))
    finally:
        os.close(descriptor)
