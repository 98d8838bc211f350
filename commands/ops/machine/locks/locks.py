"""Named locks (`registry`, `wave 001/5`, `disk`): one holder at a time, whom all others can see.

The kernel holds the lock and frees it with its holder, however that one ends. Who holds it is written beside it, with
the holder's process: what a dead one left behind is not shown.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock, Timeout

from commands.ops.machine.clock import Clock, SystemClock
from commands.ops.machine.processes import identities
from commands.ops.machine.processes.identities import Identity

FOLDER = "locks"
LONGEST_NAME = 200  # bytes, quoted; a file's name may have 255
PROC = Path("/proc")
SYSTEM_CLOCK = SystemClock()


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock: in words (`plan P-7K2Q, Omar`), since when, as which process."""

    name: str
    text: str
    since: datetime
    process: Identity


class LockHeld(Exception):
    """Somebody else has it, and had it for all of the wait. `since` is None in the moment it changes hands."""

    def __init__(self, name: str, holder: Holder | None) -> None:
        self.name = name
        self.holder = holder.text if holder else "somebody else"
        self.since = holder.since if holder else None
        super().__init__(f"{name} is held by {self.holder}")


@contextmanager
def named_lock(
    state: Path, name: str, holder_text: str, wait_seconds: float, clock: Clock = SYSTEM_CLOCK
) -> Iterator[None]:
    """Hold a lock for the length of the block; its file is never deleted.

    `fallback_to_soft=False`: a lock that the kernel does not release with its holder is none (tox-dev/filelock#574).

    Args:
        state: the state directory; locks lie in `locks` in it.
        name: of the resource; any text up to 200 bytes, quoted for the file's name.
        holder_text: who holds it, in words.
        wait_seconds: how long to wait for another holder.
        clock: the time that is shown.

    Raises:
        LockHeld: another holder has it, in this process or another.
        OSError: the lock file cannot be made.
    """
    path = _path(state, name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(path, timeout=max(wait_seconds, 0), fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout:
        raise LockHeld(name, holder_of(state, name)) from None
    beside = path.with_suffix(".holder")
    try:
        _show(beside, name, holder_text, clock)
        yield
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        lock.release()


def holder_of(state: Path, name: str) -> Holder | None:
    """Who holds a lock now; None where nobody does, or its holder could not be written down."""
    return _read(_path(state, name).with_suffix(".holder"))


def holders(state: Path) -> tuple[Holder, ...]:
    """Everybody who holds a lock now, by the locks' names."""
    found = (_read(path) for path in (state / FOLDER).glob("*.holder"))
    return tuple(sorted((holder for holder in found if holder), key=lambda holder: holder.name))


def _path(state: Path, name: str) -> Path:
    quoted = quote(name, safe="")
    if not 0 < len(quoted) <= LONGEST_NAME:
        raise ValueError(f"a lock's name has 1 to {LONGEST_NAME} bytes, quoted; {name!r} has {len(quoted)}")
    return state / FOLDER / f"{quoted}.lock"


def _show(beside: Path, name: str, text: str, clock: Clock) -> None:
    """Write down who holds it; where that cannot be written it is held all the same."""
    us = identities.at(PROC, os.getpid())
    if us is None:
        return
    fresh = beside.with_suffix(".fresh")
    with suppress(OSError):
        fresh.write_text(_to_json(Holder(name, text, clock.now(), us)))
        fresh.replace(beside)


def _read(path: Path) -> Holder | None:
    try:
        holder = _from_json(path.read_bytes())
    except (OSError, ValueError, TypeError, KeyError):
        return None
    now = identities.at(PROC, holder.process.pid)
    return None if identities.difference(holder.process, now) else holder


def _to_json(holder: Holder) -> str:
    return json.dumps(asdict(holder) | {"since": holder.since.isoformat()})


def _from_json(data: bytes) -> Holder:
    given = json.loads(data)
    since = datetime.fromisoformat(given["since"])
    return Holder(str(given["name"]), str(given["text"]), since, Identity.from_json(given["process"]))
