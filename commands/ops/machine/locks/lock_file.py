"""A named lock held by this process, free again the moment it ends, however it ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


class LockHeldError(Exception):
    """Another process has it."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock for the length of the block; the file itself is never deleted.

    `fallback_to_soft=False`: a lock that the kernel does not release with its holder is none (tox-dev/filelock#574).

    Raises:
        LockHeldError: another process has it.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(path, timeout=0, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout:
        raise LockHeldError(str(path)) from None
    try:
        yield
    finally:
        lock.release()
