"""A file replaced whole, without losing what others write to it at the same moment.

The new content is written beside the file and synced; the two are exchanged in one step; the directory is synced.
The file that came out is kept in hand: somebody may have it open and write to it still, or may have put another one
there since it was read. Whoever replaces compares what came out with what was read, and merges.
"""

import errno
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from commands.ops.machine import strays
from commands.ops.machine.clock import Clock
from commands.ops.machine.leases import Writers, no_new_writers
from commands.ops.machine.moments import Moment, between_writers, closing
from commands.ops.machine.renameat2 import UNSUPPORTED, exchange_names
from commands.ops.machine.staging import staged

_GAP_TRIES, _GAP_PAUSE = 100, 0.0005  # seconds
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class NotReplaced(Exception):
    """The file is as it was; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Gone(NotReplaced):
    """Somebody removed it or put another one in its place at this very moment: worth another try."""


@dataclass(slots=True)
class Displaced:
    """The file that came out. Whoever has it open can still write to it: look again before it is discarded.

    name: where it lies now; None where it has no name any more.
    """

    descriptor: int
    name: Path | None

    def look(self, seconds: float, clock: Clock) -> Moment:
        """What it holds once nobody writes to it, or after so many seconds.

        Raises:
            OSError: it cannot be read.
        """
        return between_writers(self.descriptor, seconds, clock)

    def keep(self) -> None:
        """Let go of it and leave it where it is, for `strays.sweep` to find."""
        with suppress(OSError):
            os.close(self.descriptor)

    def discard(self) -> None:
        """Let go of it for good.

        Raises:
            OSError: it could not be removed.
        """
        self.keep()
        if self.name is not None:
            self.name.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Replaced:
    """The new content is in its place.

    displaced: what came out; None where it could not be opened, and lies where `strays.sweep` finds it.
    durable: false where it is not known whether this survives a power cut.
    exchanged: false where the file system cannot exchange: a file that somebody put there in the last microseconds
    would have been lost unseen.
    """

    displaced: Displaced | None
    durable: bool
    exchanged: bool


def replace(path: Path, data: bytes, base: bytes) -> Replaced:
    """Put a new content in a file's place; a link is followed, mode, owner and extended attributes stay.

    Args:
        path: the file; it must be there.
        data: its new content.
        base: the content that the new one was made from.

    Raises:
        NotReplaced: nothing was changed.
    """
    try:
        target = Path(os.path.realpath(path, strict=True))
        with _opened(target.parent) as directory, _regular(directory, target.name) as old:
            return _replaced(directory, target, data, base, old)
    except FileNotFoundError as error:
        raise Gone(f"{path} was not changed: {error.strerror}.") from error
    except OSError as error:
        raise NotReplaced(f"{path} was not changed: {error.strerror}.") from error


def _replaced(directory: int, target: Path, data: bytes, base: bytes, old: int) -> Replaced:
    part = strays.part_name(target.name)
    with staged(directory, part, data, like=old) as new:
        swap = strays.swap_name(part, new.st_ino, base)
        os.rename(part, swap, src_dir_fd=directory, dst_dir_fd=directory)
        try:
            _await_gap(old)
            put = _put(directory, swap, target.name, new.st_ino, old)
        except BaseException:
            with suppress(OSError):
                os.unlink(swap, dir_fd=directory)
            raise
    # From here on it is done: whatever fails now is told, and does not say that nothing was changed.
    durable = _synced(directory) and put.certain
    if put.exchanged:
        return Replaced(_came_out(directory, target.parent / swap), durable, exchanged=True)
    return Replaced(_still_open(old), durable, exchanged=False)


def _await_gap(old: int) -> None:
    """Wait a moment for nobody to have the file open for writing: less comes out that has to be merged."""
    for _ in range(_GAP_TRIES):
        with no_new_writers(old) as writers:
            if writers is not Writers.some:
                return
        time.sleep(_GAP_PAUSE)


@dataclass(frozen=True, slots=True)
class _Put:
    """The new file stands in its place, by an exchange or by a plain rename; for certain, or perhaps."""

    exchanged: bool
    certain: bool = True


def _put(directory: int, swap: str, name: str, inode: int, old: int) -> _Put:
    """Exchange the two names, or rename where that cannot be done; raises only where neither happened."""
    try:
        exchange_names(directory, swap, name)
    except OSError as error:
        if error.errno in UNSUPPORTED:
            return _renamed(directory, swap, name, inode, old)
        if _is_elsewhere(directory, name, inode):
            raise
        return _Put(exchanged=True, certain=False)
    return _Put(exchanged=True)


def _renamed(directory: int, swap: str, name: str, inode: int, old: int) -> _Put:
    if _is_elsewhere(directory, name, os.fstat(old).st_ino):
        raise FileNotFoundError(errno.ENOENT, "somebody else replaced it at the same moment")
    try:
        os.rename(swap, name, src_dir_fd=directory, dst_dir_fd=directory)
    except OSError:
        if _is_elsewhere(directory, name, inode):
            raise
        return _Put(exchanged=False, certain=False)
    return _Put(exchanged=False)


def _is_elsewhere(directory: int, name: str, inode: int) -> bool:
    """Whether this name certainly stands for another file, or for none; false where that cannot be told."""
    try:
        return os.stat(name, dir_fd=directory, follow_symlinks=False).st_ino != inode
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _synced(directory: int) -> bool:
    """Never tried twice: after a failed fsync a second one may lie."""
    try:
        os.fsync(directory)
    except OSError:
        return False
    return True


def _came_out(directory: int, swap: Path) -> Displaced | None:
    try:
        descriptor = os.open(swap.name, _READ, dir_fd=directory)
    except OSError:
        return None
    return Displaced(descriptor, swap)


def _still_open(old: int) -> Displaced | None:
    try:
        return Displaced(os.dup(old), None)
    except OSError:
        return None


@contextmanager
def _opened(directory: Path) -> Iterator[int]:
    with closing(os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)) as descriptor:
        yield descriptor


@contextmanager
def _regular(directory: int, name: str) -> Iterator[int]:
    with closing(os.open(name, _READ, dir_fd=directory)) as descriptor:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise IsADirectoryError(errno.EISDIR, "it is not a file")
        yield descriptor
