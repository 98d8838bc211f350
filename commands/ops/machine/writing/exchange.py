"""A file replaced whole, without losing what others write to it at the same moment.

The new content is written beside the file and synced; the two are exchanged in one step; the directory is synced.
The file that came out is kept in hand: somebody may have it open and write to it still, or may have put another one
there since it was read. Whoever replaces compares what came out with what was read, and merges.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from commands.ops.machine.clock import Clock
from commands.ops.machine.writing import strays
from commands.ops.machine.writing.moments import Moment, between_writers, closing
from commands.ops.machine.writing.staging import Buffer, staged
from commands.ops.machine.writing.successor import Changed, Put, Successor

_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class NotReplaced(Exception):
    """The file is as it was; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Moved(NotReplaced):
    """Somebody changed or removed it, or put another one in its place, at this very moment: worth another try."""


@dataclass(slots=True)
class Displaced:
    """The file that came out. Whoever has it open can still write to it: look again before it is discarded.

    name: where it lies now; None where it has no name any more.
    """

    descriptor: int
    name: Path | None

    def look(self, seconds: float, clock: Clock, known: str = "") -> Moment:
        """What it holds once nobody writes to it, or after so many seconds; nothing of it where it has this digest.

        Raises:
            OSError: it cannot be read.
        """
        return between_writers(self.descriptor, seconds, clock, known)

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
    base: what it held when it was last looked at before; the new content has all of that.
    durable: false where it is not known whether this survives a power cut.
    exchanged: false where the file system cannot exchange: a file that somebody put there in the last microseconds
    would have been lost unseen.
    """

    displaced: Displaced | None
    base: bytes
    durable: bool
    exchanged: bool


def replace(path: Path, data: bytes | Iterable[Buffer], base: bytes, *, patient: bool = False) -> Replaced:
    """Put a new content in a file's place; a link is followed, mode, owner and extended attributes stay.

    Args:
        path: the file; it must be there.
        data: its new content, whole or in pieces.
        base: the content that the new one was made from.
        patient: do so only while the file says that, or that and more lines behind it, which are taken over.

    Raises:
        Moved: nothing was changed, since somebody else changed it: read it anew.
        NotReplaced: nothing was changed.
    """
    try:
        target = Path(os.path.realpath(path, strict=True))
        part = strays.part_name(target.name)
        with (
            _opened(target.parent) as directory,
            _regular(directory, target.name) as old,
            staged(directory, part, data, like=old) as new,
        ):
            successor = Successor(directory, target.name, part, new, old, base)
            put = _put(successor, patient=patient)
            # From here on it is done: whatever fails now is told, and does not say that nothing was changed.
            durable = _synced(directory) and put.certain
            swap = target.parent / successor.own
            displaced = _came_out(directory, swap) if put.exchanged else _still_open(old)
            return Replaced(displaced, successor.base, durable, put.exchanged)
    except (FileNotFoundError, Changed):
        raise Moved(f"{path} was not changed: somebody else replaced or changed it just then.") from None
    except OSError as error:
        raise NotReplaced(f"{path} was not changed: {error.strerror}.") from error


def _put(successor: Successor, *, patient: bool) -> Put:
    try:
        successor.take_name()
        return successor.put(patient=patient)
    except BaseException:
        with suppress(OSError):
            os.unlink(successor.own, dir_fd=successor.directory)
        raise


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
