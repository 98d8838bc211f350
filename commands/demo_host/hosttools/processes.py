"""The host's records of what it started, and signals that reach nobody else: pid, start time and boot must agree."""

import os
import select
import signal
from contextlib import suppress
from typing import NamedTuple

DIRECTORY = os.path.join(".smbatcher", "agents")


class Record(NamedTuple):
    """One process the host started. `start` is in clock ticks since boot (/proc/PID/stat, field 22)."""

    pid: int
    start: int
    boot: str
    role: str
    batch: str
    wave: str


def boot_id() -> str:
    """This boot of the machine; start times of two boots cannot be compared."""
    with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
        return file.read().strip()


def start_ticks(pid: int) -> int | None:
    """When the process started, in clock ticks since boot; None where it is gone or a zombie."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            # the name, in parentheses, may hold anything: fields are counted after its last one
            fields = file.read().rpartition(b")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in b"ZX" else int(fields[19])


def keep(root: str, record: Record) -> None:
    """Write a record down, in one rename."""
    directory = os.path.join(root, DIRECTORY)
    os.makedirs(directory, exist_ok=True)
    path = os.path.join(directory, str(record.pid))
    with open(path + ".tmp", "w", encoding="ascii") as file:
        file.write("\n".join(str(value) for value in record))
    os.rename(path + ".tmp", path)


def forget(root: str, pid: int) -> None:
    """Drop a record; one that is not there is fine."""
    with suppress(FileNotFoundError):
        os.unlink(os.path.join(root, DIRECTORY, str(pid)))


def records(root: str) -> list[Record]:
    """Every record there is, of living and dead processes, by pid."""
    directory = os.path.join(root, DIRECTORY)
    names = os.listdir(directory) if os.path.isdir(directory) else []
    found = (_read(os.path.join(directory, name)) for name in names if name.isdigit())
    return sorted(record for record in found if record)


def living(root: str) -> list[Record]:
    """The records whose process lives and is the one that was started."""
    return [record for record in records(root) if lives(record)]


def lives(record: Record) -> bool:
    """Whether the process behind the pid is the recorded one."""
    return record.boot == boot_id() and start_ticks(record.pid) == record.start


def send(record: Record, number: signal.Signals, wait: float = 0.0) -> bool:
    """Signal the recorded process through a pidfd and wait up to `wait` seconds for its end; True when it is gone."""
    try:
        handle = os.pidfd_open(record.pid)
    except ProcessLookupError:
        return True
    try:
        if not lives(record):  # asked while the handle is held: the pid cannot change hands between
            return True
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(handle, number)
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        return bool(poll.poll(wait * 1000))
    finally:
        os.close(handle)


def _read(path: str) -> Record | None:
    try:
        with open(path, encoding="ascii") as file:
            pid, start, boot, role, batch, wave = file.read().split("\n")
    except FileNotFoundError:
        return None
    return Record(int(pid), int(start), boot, role, batch, wave)
