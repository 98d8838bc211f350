"""Named locks: who holds one, since when; free again the moment its holder ends, however that happens."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout


class LockHeld(Exception):
    """Somebody else has it. `holder` in words, `since` when, as far as they wrote it down."""

    def __init__(self, holder: str, since: str) -> None:
        super().__init__(holder)
        self.holder = holder
        self.since = since


@contextmanager
def named_lock(state: Path, name: str, holder: str, wait_seconds: float) -> Iterator[None]:
    """Hold a named resource for the length of the block; its file is never deleted.

    Raises:
        LockHeld: somebody else has it, and had it for all of `wait_seconds`.
    """
    path = state / "locks" / (re.sub(r"[^A-Za-z0-9.]+", "-", name) + ".lock")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(path, timeout=wait_seconds, fallback_to_soft=False)
    told = path.with_suffix(".holder")
    try:
        lock.acquire()
    except Timeout:
        raise _held(told) from None
    try:
        told.write_text(json.dumps({"holder": holder, "since": datetime.now(UTC).isoformat()}))
        yield
    finally:
        lock.release()


def _held(told: Path) -> LockHeld:
    try:
        said = json.loads(told.read_text())
        return LockHeld(said["holder"], said["since"])
    except (OSError, ValueError, KeyError):
        return LockHeld("somebody else", "")
