"""The lock of writers that cooperate, held with other readers."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from commands.ops.machine.clock import Clock

LOCK_WAIT, LOCK_PAUSE = 0.25, 0.005  # seconds


@contextmanager
def shared_lock(lock: Path | None, clock: Clock) -> Iterator[bool]:
    """Hold a writers' lock file shared over the block, if it can be had within a moment; true where it is held."""
    try:
        descriptor = os.open(lock, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC) if lock else -1
    except OSError:
        descriptor = -1  # none, or not ours to open: the file itself tells
    if descriptor < 0:
        yield False
        return
    try:
        yield _lock_shared(descriptor, clock)
    finally:
        os.close(descriptor)


def _lock_shared(descriptor: int, clock: Clock) -> bool:
    deadline = clock.monotonic() + LOCK_WAIT
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            if clock.monotonic() >= deadline:
                return False
            clock.wait(LOCK_PAUSE, threading.Event())
        else:
            return True
