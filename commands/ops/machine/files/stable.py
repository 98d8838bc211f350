"""A file read whole or not at all: one that is being written is never taken for the truth."""

import os
import threading
from dataclasses import dataclass
from pathlib import Path

from commands.ops.machine.clock import Clock, SystemClock
from commands.ops.machine.files.files import TooLarge, Unstable, regular_file
from commands.ops.machine.files.leases import Writers, no_new_writers
from commands.ops.machine.locks.shared import shared_lock

SYSTEM_CLOCK = SystemClock()

# How long a file must have been left alone, in seconds, before it is believed. A writer that truncates and
# writes in place leaves a half file between two of its writes; timestamps themselves are as coarse as 4 ms.
QUIET = 0.05  # nobody has it open for writing, and it ends with a line
QUIET_UNKNOWN = 0.25  # who has it open cannot be told (another owner's file)
QUIET_SUSPECT = 1.0  # it is empty, shrank, or ends within a line
QUIET_OPEN = 10.0  # somebody has it open for writing: longer than we wait, so only one long idle is believed

FIRST_PAUSE, PAUSE_GROWTH, LONGEST_PAUSE = 0.01, 1.25, 0.25  # seconds; 20 retries take 2.4 s

_Marks = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """One reading: the bytes, the file's state when it was believed to be whole, and who may be writing."""

    data: bytes
    state: os.stat_result
    writers: Writers


def read_stable(
    path: Path,
    limit_bytes: int,
    retries: int,
    *,
    lock: Path | None = None,
    clock: Clock = SYSTEM_CLOCK,
) -> bytes:
    """The content of a file that was not being written while it was read.

    A file that is replaced by a rename is whole, whichever of the two we opened. One that is written in place is
    read again until it was left alone for a moment; writers that take `lock` (flock) are kept out meanwhile.

    Args:
        path: the file.
        limit_bytes: refuse a larger one.
        retries: how often to read again.
        lock: the lock file of writers that cooperate; need not exist.
        clock: waits and the time.

    Raises:
        Unreadable: one of its kinds.
    """
    history = _History(clock)
    for attempt in range(retries + 1):
        if attempt:
            _wait(clock, min(FIRST_PAUSE * PAUSE_GROWTH ** (attempt - 1), LONGEST_PAUSE))
        with shared_lock(lock, clock), regular_file(path) as descriptor:
            look = _look(descriptor, path, limit_bytes)
            if look is not None and _believed(descriptor, look, history, clock):
                return look.data
    raise Unstable(f"{path} kept changing while it was read, {retries + 1} times.")


def _look(descriptor: int, path: Path, limit_bytes: int) -> Look | None:
    """Read once; None where the file changed meanwhile."""
    with no_new_writers(descriptor) as writers:
        before = os.fstat(descriptor)
        if before.st_size > limit_bytes:
            raise TooLarge(f"{path} has {before.st_size} bytes, more than the {limit_bytes} we read.")
        data = _read_all(descriptor, before.st_size)
        after = os.fstat(descriptor)
    whole = _unchanged(before, after) and len(data) == after.st_size
    return Look(data, after, writers) if whole else None


def _read_all(descriptor: int, size: int) -> bytes:
    """All there is, up to one byte more than `size`: growth shows."""
    pieces = []
    missing = size + 1
    while missing > 0 and (piece := os.read(descriptor, missing)):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


@dataclass(slots=True)
class _History:
    """What earlier looks saw of this file: since when it has been as it is, and the most bytes it ever had."""

    clock: Clock
    marks: _Marks | None = None
    since: float = 0.0
    most_bytes: int = 0

    def quiet_seconds(self, state: os.stat_result) -> float:
        """How long the file has been left alone, by its own times or by ours (its may lie in the future)."""
        now = self.clock.monotonic()
        if self.marks != _marks(state):
            self.marks, self.since = _marks(state), now
        changed = max(state.st_mtime, state.st_ctime)
        return max(now - self.since, self.clock.now().timestamp() - changed)

    def shrank(self, state: os.stat_result) -> bool:
        """Whether an earlier look saw more bytes."""
        self.most_bytes = max(self.most_bytes, state.st_size)
        return state.st_size < self.most_bytes


def _believed(descriptor: int, look: Look, history: _History, clock: Clock) -> bool:
    """Whether the file was left alone for long enough; waits once where little is missing."""
    needed = _quiet_needed(look, history)
    if history.quiet_seconds(look.state) >= needed:
        return True
    if needed > QUIET_UNKNOWN:
        return False
    _wait(clock, needed)
    return _unchanged(look.state, os.fstat(descriptor))


def _quiet_needed(look: Look, history: _History) -> float:
    if look.writers is Writers.some:
        return QUIET_OPEN
    if history.shrank(look.state) or not look.data.endswith(b"\n"):
        return QUIET_SUSPECT
    return QUIET if look.writers is Writers.none else QUIET_UNKNOWN


def _unchanged(before: os.stat_result, after: os.stat_result) -> bool:
    """Whether the content is the same; taking a file's last name away, as a rename over it does, changes its ctime."""
    replaced = before.st_nlink > after.st_nlink == 0
    same_content = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return same_content and (replaced or before.st_ctime_ns == after.st_ctime_ns)


def _marks(state: os.stat_result) -> _Marks:
    return state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns


def _wait(clock: Clock, seconds: float) -> None:
    clock.wait(seconds, threading.Event())
