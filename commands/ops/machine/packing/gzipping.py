"""Files packed in their place, each into `name.gz` and back; the old one goes only when the new one is whole."""

import gzip
import os
from collections.abc import Callable
from typing import Literal

from commands.ops.machine.files.trees import Entry
from commands.ops.machine.writing import strays
from commands.ops.machine.writing.below import Top
from commands.ops.machine.writing.moments import closing, whole
from commands.ops.machine.writing.renameat2 import move_name
from commands.ops.machine.writing.staging import staged

ENDING = ".gz"
LEVEL = 6  # of gzip, by default
PAGE = 4096  # what a file system gives space out in

_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

Came = Literal["done", "changed", "no gain"]


def pack(top: Top, entry: Entry) -> Came:
    """Put `name.gz` in the place of a file, with its mode, owner and times; where that frees nothing it stays.

    Raises:
        OSError: a link is in the way, there is a `name.gz` already, or it could not be written; the file stays.
        MemoryError: it is larger than memory.
    """
    return _replace(top, entry, f"{entry.path}{ENDING}", lambda data: gzip.compress(data, LEVEL, mtime=0))


def unpack(top: Top, entry: Entry) -> Came:
    """Put the file back in the place of its `name.gz`.

    Raises:
        OSError: as `pack`, or it is no such file.
    """
    return _replace(top, entry, entry.path.removesuffix(ENDING), gzip.decompress)


def _replace(top: Top, entry: Entry, path: str, made_of: Callable[[bytes], bytes]) -> Came:
    directory, _, name = entry.path.rpartition("/")
    new = path.rpartition("/")[2]
    with top.directory(directory) as parent, closing(os.open(name, _READ, dir_fd=parent)) as descriptor:
        state = os.fstat(descriptor)
        if (state.st_ino, state.st_size, state.st_mtime_ns) != (
            entry.inode,
            entry.size,
            entry.modified_ns,
        ):
            return "changed"
        data = whole(descriptor)
        made = made_of(data)
        if new.endswith(ENDING) and _pages(made) >= _pages(data):
            return "no gain"
        part = strays.part_name(new)
        with staged(parent, part, made, like=descriptor) as fresh:
            os.utime(fresh, ns=(state.st_atime_ns, state.st_mtime_ns))
            move_name((parent, part), (parent, new))
    return "done" if top.remove(entry) == "removed" else "changed"


def _pages(data: bytes) -> int:
    return -(-len(data) // PAGE)
