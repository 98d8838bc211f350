"""The lock that a host's own tools take before they rewrite a file: flock(2) on a lock file beside it."""

import errno
import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from commands.ops.machine.clock import Clock
from commands.ops.machine.locks.lock_file import LockHeldError
from commands.ops.machine.writing.moments import closing

_FLAGS = os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC
_PERMISSIONS = 0o666
TRIES = 10


@contextmanager
def held(lock: Path, like: Path, seconds: float, clock: Clock) -> Iterator[None]:
    """Hold the lock, alone, over the block; the lock file is never deleted.

    Args:
        lock: the lock file; made where there is none.
        like: the file it guards; a lock file of ours belongs to the same owner, so that the tools can open it.
        seconds: how long to wait for whoever has it.
        clock: waits.

    Raises:
        LockHeldError: somebody else has it for longer than that.
        OSError: it cannot be opened or locked.
    """
    deadline = clock.monotonic() + seconds
    for _ in range(TRIES):
        with closing(_opened(lock, like)) as descriptor:
            if not _lock(descriptor, deadline - clock.monotonic(), clock):
                raise LockHeldError(str(lock))
            if _is(lock, descriptor):
                yield
                return
    raise LockHeldError(str(lock))


def _opened(lock: Path, like: Path) -> int:
    try:
        return os.open(lock, _FLAGS)
    except FileNotFoundError:
        return _made(lock, like)
    except PermissionError:
        return os.open(lock, os.O_RDONLY | os.O_NOCTTY | os.O_CLOEXEC)


def _made(lock: Path, like: Path) -> int:
    state = like.stat()
    descriptor = os.open(lock, _FLAGS | os.O_CREAT, state.st_mode & _PERMISSIONS)
    with suppress(PermissionError):
        os.fchown(descriptor, state.st_uid, state.st_gid)
    return descriptor


def _is(lock: Path, descriptor: int) -> bool:
    """Whether what we locked is still what others will open: somebody may have deleted it meanwhile."""
    try:
        return os.path.samestat(lock.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _lock(descriptor: int, seconds: float, clock: Clock) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EAGAIN, errno.EACCES):
            raise
        return _Queued(os.dup(descriptor)).locks_within(seconds, clock)
    return True


@dataclass(slots=True)
class _Queued:
    """Waits in the kernel's own queue, as the tools do: trying now and then, one never gets in among 25 of them.

    A thread cannot be called back from there, so one that waits too long is left behind: it gives the lock back the
    moment it gets it.
    """

    descriptor: int
    _got: threading.Event = field(default_factory=threading.Event)
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _left: bool = False

    def locks_within(self, seconds: float, clock: Clock) -> bool:
        threading.Thread(target=self._wait, name="registry lock", daemon=True).start()
        clock.wait(max(seconds, 0), self._got)
        with self._turn:
            self._left = not self._got.is_set()
            return not self._left

    def _wait(self) -> None:
        with closing(self.descriptor), suppress(OSError):
            fcntl.flock(self.descriptor, fcntl.LOCK_EX)
            with self._turn:
                if not self._left:
                    self._got.set()
                    return
            fcntl.flock(self.descriptor, fcntl.LOCK_UN)
