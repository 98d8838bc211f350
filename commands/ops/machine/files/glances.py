"""Cheap looks at files: their sizes and marks, never their content."""

import os
from dataclasses import dataclass
from pathlib import Path

from commands.ops.machine.files.files import unreadable


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells one state of a file from the next: a rename changes the inode, a write the times."""

    device: int
    inode: int
    bytes: int
    modified_ns: int
    changed_ns: int


def marks(path: Path) -> Marks:
    """A file's marks; a link is followed.

    Raises:
        Unreadable: one of its kinds (commands.ops.machine.files.files).
    """
    try:
        state = path.stat()
    except OSError as error:
        raise unreadable(path, error) from None
    return _marks(state)


def bytes_in(directory: Path, ending: str) -> int:
    """The bytes of the files of a directory whose names end so; 0 where there is none. Links are not followed."""
    total = 0
    try:
        with os.scandir(directory) as entries:
            for entry in entries:
                if entry.name.endswith(ending) and entry.is_file(follow_symlinks=False):
                    total += entry.stat(follow_symlinks=False).st_size
    except OSError:
        return total
    return total


def bytes_of(path: Path) -> int:
    """A file's size; 0 where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def entries_in(directory: Path) -> int:
    """How many names a directory has; 0 where there is none."""
    try:
        return len(os.listdir(directory))  # noqa: PTH208 - names are all we need, of thousands
    except OSError:
        return 0


def marks_in(directory: Path) -> dict[str, Marks]:
    """The marks of what a directory has, by name; empty where there is none."""
    found = {}
    try:
        with os.scandir(directory) as entries:
            for entry in entries:
                found[entry.name] = _marks(entry.stat(follow_symlinks=True))
    except OSError:
        return found
    return found


def _marks(state: os.stat_result) -> Marks:
    return Marks(state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
