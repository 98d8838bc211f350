"""A file's bytes at a moment when nobody is in the middle of writing it."""

import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from commands.ops.machine.clock import Clock
from commands.ops.machine.files import files, stable
from commands.ops.machine.files.leases import Writers, no_new_writers
from commands.ops.machine.writing import strays

PAUSE = 0.002  # seconds between two tries for a lease
BLOCK = 1024**2


@dataclass(frozen=True, slots=True)
class Moment:
    """What was read, and who may have been writing.

    data: None where it is what was known. writers: `none` where the kernel said so; `unknown` where it would not, and the file was only left alone for a
    moment; `some` where it was in somebody's hands for as long as we waited.
    """

    data: bytes | None
    writers: Writers


def between_writers(descriptor: int, seconds: float, clock: Clock, known: str = "") -> Moment:
    """Read a file once nobody has it open for writing, waiting for that at most so many seconds.

    Args:
        descriptor: the file.
        seconds: how long to wait.
        clock: waits.
        known: a content's digest; where the file has that, no more of it than a block is held at a time.

    Raises:
        OSError: it cannot be read.
    """
    deadline = clock.monotonic() + seconds
    while True:
        with no_new_writers(descriptor) as writers:
            if writers is Writers.none:
                return Moment(_unless(descriptor, known), writers)
        if writers is Writers.unknown:
            return _left_alone(descriptor, deadline, clock, known)
        if clock.monotonic() >= deadline:
            return Moment(_unless(descriptor, known), writers)
        pause(clock, PAUSE)


def snapshot(path: Path, limit_bytes: int, retries: int, seconds: float, clock: Clock) -> bytes:
    """A file's content to make a new one from: read at a moment when the kernel says that nobody is writing.

    Args:
        path: the file.
        limit_bytes: refuse a larger one.
        retries: how often to read again what looks cut short, as `stable.read_stable` does.
        seconds: how long to wait for somebody who has it open for writing.
        clock: waits.

    Raises:
        files.Unreadable: one of its kinds; Unstable where somebody has it open for writing all the time.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        with closing(descriptor):
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode):
                raise files.NotAFile(f"{path} is not a file.")
            if state.st_size > limit_bytes:
                raise files.TooLarge(
                    f"{path} has {state.st_size} bytes, more than the {limit_bytes} we read."
                )
            moment = between_writers(descriptor, seconds, clock)
    except OSError as error:
        raise files.unreadable(path, error) from None
    if moment.writers is Writers.some:
        raise files.Unstable(f"{path} has been open for writing for {seconds:g} seconds.")
    if moment.writers is Writers.none and moment.data and moment.data.endswith(b"\n"):
        return moment.data
    return stable.read_stable(path, limit_bytes, retries, clock=clock)


def whole(descriptor: int, like: bytes = b"") -> bytes:
    """All bytes of a file, from its beginning, wherever the descriptor stands; `like` itself where it says the same."""
    if like and _says(descriptor, like):
        return like
    # All at once where that is possible: pieces would be there beside what they are joined to.
    pieces = [os.pread(descriptor, os.fstat(descriptor).st_size + BLOCK, 0)]
    at = len(pieces[0])
    while piece := os.pread(descriptor, BLOCK, at):
        pieces.append(piece)
        at += len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def digest_of(descriptor: int) -> str:
    """What `strays.digest` says of a file's content."""
    made, at = strays.hashing(), 0
    while piece := os.pread(descriptor, BLOCK, at):
        made.update(piece)
        at += len(piece)
    return made.hexdigest()


def _says(descriptor: int, data: bytes) -> bool:
    """Whether a file holds this, and no more; a block of it is held at a time."""
    at = 0
    while piece := os.pread(descriptor, BLOCK, at):
        if piece != data[at : at + len(piece)]:
            return False
        at += len(piece)
    return at == len(data)


def _unless(descriptor: int, known: str) -> bytes | None:
    """What a file holds; None where that is known."""
    return None if known and digest_of(descriptor) == known else whole(descriptor)


@contextmanager
def closing(descriptor: int) -> Iterator[int]:
    """Close a descriptor that nothing was written by; an error then tells of nothing that could be lost."""
    try:
        yield descriptor
    finally:
        with suppress(OSError):
            os.close(descriptor)


def pause(clock: Clock, seconds: float) -> None:
    """Wait, by this clock."""
    clock.wait(seconds, threading.Event())


def _left_alone(descriptor: int, deadline: float, clock: Clock, known: str) -> Moment:
    """Without leases: the file must look the same, bytes and all, a quarter of a second later."""
    seen = digest_of(descriptor)
    while clock.monotonic() < deadline:
        pause(clock, stable.QUIET_UNKNOWN)
        before, seen = seen, digest_of(descriptor)
        if seen == before == known:
            return Moment(None, Writers.unknown)
        if seen == before and strays.digest(data := whole(descriptor)) == seen:
            return Moment(data, Writers.unknown)
    return Moment(_unless(descriptor, known), Writers.some)
