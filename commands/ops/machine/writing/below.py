"""Deleting and moving that stay below a directory, whatever links are put in the way: openat2(2), which Python lacks.

The top is held open; each path below it is resolved by the kernel without following any link and without leaving the
top or its file system (`RESOLVE_BENEATH`, `RESOLVE_NO_SYMLINKS`, `RESOLVE_NO_XDEV`), and the last name is removed from
the directory that is then held. `shutil.rmtree` follows a link that is a parent.
"""

import ctypes
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from commands.ops.machine.files.trees import Entry
from commands.ops.machine.writing.renameat2 import move_name

_OPENAT2 = 437  # on every architecture but alpha
_NO_XDEV, _NO_MAGICLINKS, _NO_SYMLINKS, _BENEATH = 0x01, 0x02, 0x04, 0x08
_STRICT = _BENEATH | _NO_SYMLINKS | _NO_MAGICLINKS | _NO_XDEV
_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC

_libc = ctypes.CDLL(None, use_errno=True)

Removal = Literal["removed", "gone", "changed", "refilled"]


class _How(ctypes.Structure):
    """`struct open_how`."""

    _fields_ = (("flags", ctypes.c_uint64), ("mode", ctypes.c_uint64), ("resolve", ctypes.c_uint64))


@dataclass(frozen=True, slots=True)
class Top:
    """A directory that is held; nothing outside of it is touched."""

    descriptor: int

    @contextmanager
    def directory(self, relative: str) -> Iterator[int]:
        """A directory below it, held over the block.

        Raises:
            OSError: ELOOP where a link is in the way, EXDEV where a mount is, or the path leads out.
        """
        descriptor = _open(self.descriptor, relative or ".")
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def remove(self, entry: Entry) -> Removal:
        """Remove one entry, if it still is the one that was seen; a directory only where it is empty.

        Raises:
            OSError: as `directory`, or it may not be removed.
        """
        path = PurePosixPath(entry.path)
        try:
            with self.directory(str(path.parent)) as parent:
                return _remove(parent, path.name, entry)
        except FileNotFoundError:
            return "gone"

    def move(self, relative: str, other: "Top", name: str) -> None:
        """Move one entry into another directory that is held; what has that name there is never replaced.

        Raises:
            OSError: as `directory`; EEXIST; EXDEV where the other is on another file system.
        """
        path = PurePosixPath(relative)
        with self.directory(str(path.parent)) as parent:
            move_name((parent, path.name), (other.descriptor, name))

    def remove_empty(self, name: str) -> None:
        """Remove an empty directory right below it.

        Raises:
            OSError: it is not empty, or not there.
        """
        os.rmdir(name, dir_fd=self.descriptor)

    def remove_tree(self, relative: str) -> None:
        """Remove a directory with all that is in it; a link in it is removed itself, a mount stops it.

        Raises:
            OSError: as `directory`; what was removed until then is gone.
        """
        path = PurePosixPath(relative)
        with self.directory(str(path.parent)) as parent:
            _remove_tree(parent, path.name)


@contextmanager
def held(root: Path, relative: str = "", *, make: bool = False) -> Iterator[Top]:
    """Hold a directory below a root, or the root itself. It may be a mount; no part of the way may be a link.

    Args:
        root: its own path is taken as it is now.
        relative: the way from there.
        make: make what is missing of the way.

    Raises:
        OSError: it is none, or a link is in the way.
    """
    descriptor = os.open(root, _DIRECTORY)
    try:
        for name in PurePosixPath(relative).parts:
            if make:
                with suppress(FileExistsError):
                    os.mkdir(name, dir_fd=descriptor)
            below = _open(descriptor, name, _BENEATH | _NO_SYMLINKS | _NO_MAGICLINKS)
            os.close(descriptor)
            descriptor = below
        yield Top(descriptor)
    finally:
        os.close(descriptor)


def _open(directory: int, relative: str, resolve: int = _STRICT) -> int:
    how = _How(_DIRECTORY, 0, resolve)
    found: int = _libc.syscall(
        _OPENAT2, directory, os.fsencode(relative), ctypes.byref(how), ctypes.sizeof(how)
    )
    if found < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), relative)
    return found


def _remove(parent: int, name: str, entry: Entry) -> Removal:
    state = os.stat(name, dir_fd=parent, follow_symlinks=False)
    if (state.st_dev, state.st_ino) != (entry.device, entry.inode):
        return "changed"
    if entry.kind == "directory":
        try:
            os.rmdir(name, dir_fd=parent)
        except OSError:
            if os.stat(name, dir_fd=parent, follow_symlinks=False).st_ino == entry.inode:
                return "refilled"
            raise
        return "removed"
    if (state.st_size, state.st_mtime_ns) != (entry.size, entry.modified_ns):
        return "changed"
    os.unlink(name, dir_fd=parent)
    return "removed"


def _remove_tree(parent: int, name: str) -> None:
    descriptor = _open(parent, name)
    try:
        with os.scandir(descriptor) as listing:
            names = [(one.name, stat.S_ISDIR(one.stat(follow_symlinks=False).st_mode)) for one in listing]
        for below, is_directory in names:
            if is_directory:
                _remove_tree(descriptor, below)
            else:
                os.unlink(below, dir_fd=descriptor)
    finally:
        os.close(descriptor)
    os.rmdir(name, dir_fd=parent)
