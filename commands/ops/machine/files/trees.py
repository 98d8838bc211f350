"""What lies in a directory, all the way down, without following a link or entering another file system."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from commands.ops.machine.files.files import unreadable

Kind = Literal["file", "link", "directory", "mount", "special"]
BLOCK = 512  # what st_blocks counts in: stat(2)

_MOUNTS = Path("/proc/self/mountinfo")  # proc_pid_mountinfo(5)
_MOUNT_POINT = 4  # the place of that field in a line
_ESCAPED = re.compile(rb"\\([0-7]{3})")  # blanks and line ends in a path


@dataclass(frozen=True, slots=True)
class Entry:
    """One name. path: below the top. bytes: allocated; size: what a file holds. modified_ns: since the epoch."""

    path: str
    kind: Kind
    device: int
    inode: int
    bytes: int
    size: int
    links: int
    modified_ns: int

    @property
    def frees(self) -> int:
        """The bytes that its removal frees: none where another name keeps them."""
        return self.bytes if self.kind != "file" or self.links == 1 else 0


@dataclass(frozen=True, slots=True)
class Tree:
    """Every entry, what is in a directory before the directory itself; and what could not be read, each a sentence."""

    entries: tuple[Entry, ...]
    problems: tuple[str, ...]


def read(top: Path) -> Tree:
    """Everything below a directory; nothing where it is not there.

    Raises:
        OSError: it is a link, or no directory.
    """
    state = os.lstat(top)
    if not stat.S_ISDIR(state.st_mode):
        raise NotADirectoryError(0, "it is a link, or no directory", str(top))
    problems: list[str] = []
    entries = list(_below(str(top), state.st_dev, mounts_below(top), problems))
    entries.reverse()  # parents are met first
    return Tree(tuple(entries), tuple(problems))


def mounts_below(top: Path) -> frozenset[str]:
    """Where other file systems, or parts of this one, are mounted below a directory: absolute paths."""
    real = os.path.join(os.path.realpath(top), "")  # noqa: PTH118 - with the slash at its end
    points = (line.split()[_MOUNT_POINT] for line in _MOUNTS.read_bytes().splitlines())
    named = (os.fsdecode(_ESCAPED.sub(lambda match: bytes([int(match[1], 8)]), point)) for point in points)
    return frozenset(point for point in named if point.startswith(real))


def _below(top: str, device: int, mounts: frozenset[str], problems: list[str]) -> Iterator[Entry]:
    real = os.path.realpath(top)
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(f"{top}/{inside}") as listing:
                found = [_entry(inside, one, device, mounts, real) for one in listing]
        except OSError as error:
            if inside:
                problems.append(unreadable(Path(top, inside), error).sentence)
                continue
            raise
        present = [entry for entry in found if entry]
        yield from present
        waiting += [f"{entry.path}/" for entry in present if entry.kind == "directory"]


def _entry(
    inside: str, one: os.DirEntry[str], device: int, mounts: frozenset[str], real: str
) -> Entry | None:
    try:
        state = one.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None  # gone meanwhile
    path = f"{inside}{one.name}"
    mounted = state.st_dev != device or f"{real}/{path}" in mounts
    return Entry(
        path=path,
        kind="mount" if mounted else _kind(state.st_mode),
        device=state.st_dev,
        inode=state.st_ino,
        bytes=state.st_blocks * BLOCK,
        size=state.st_size,
        links=state.st_nlink,
        modified_ns=state.st_mtime_ns,
    )


def _kind(mode: int) -> Kind:
    if stat.S_ISDIR(mode):
        return "directory"
    if stat.S_ISLNK(mode):
        return "link"
    return "file" if stat.S_ISREG(mode) else "special"
