"""The kernel's log: whom it killed for want of memory."""

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from commands.ops.machine.tools import run

KMSG = Path("/dev/kmsg")
RECORD_BYTES = 8192  # the kernel's own limit of one record
MOST_RECORDS = 20_000
TIMEOUT = 5.0  # seconds
ANSWER_BYTES = 2 * 1024**2
JOURNALCTL = ("journalctl", "--dmesg", "--no-pager", "--lines=5000", "--output=short-unix")

# https://github.com/torvalds/linux/blob/v6.12/mm/oom_kill.c, __oom_kill_process()
_KILL = re.compile(r"(Memory cgroup o|O)ut of memory: Killed process (\d+) \((.*?)\)")


class Unreadable(Exception):
    """Neither the kernel's log nor the journal of it may be read by this user."""


@dataclass(frozen=True, slots=True)
class OomKill:
    """One process that the kernel killed for want of memory.

    at: None where the log does not tell. limited: its control group had reached a limit of its own, the machine had not.
    """

    pid: int
    name: str
    at: datetime | None
    limited: bool = False


def oom_kills(now: datetime, kmsg: Path = KMSG) -> tuple[OomKill, ...]:
    """The kills that the log still has, oldest first.

    Raises:
        Unreadable: the log cannot be read.
    """
    try:
        return tuple(_kills(_kmsg(kmsg, now)))
    except OSError:
        return tuple(_kills(_journal()))


def _kills(entries: Iterator[tuple[datetime | None, str]]) -> Iterator[OomKill]:
    for at, text in entries:
        if match := _KILL.search(text):
            yield OomKill(int(match[2]), match[3], at, limited=match[1] != "O")


def _kmsg(path: Path, now: datetime) -> Iterator[tuple[datetime | None, str]]:
    """Each read is one record, `6,339,5140900,-;text`: https://docs.kernel.org/ABI/testing/dev-kmsg."""
    booted = now - timedelta(seconds=time.clock_gettime(time.CLOCK_BOOTTIME))
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        for _ in range(MOST_RECORDS):
            try:
                record = os.read(descriptor, RECORD_BYTES).decode("utf-8", "backslashreplace")
            except BlockingIOError:
                return  # the end of the log
            except BrokenPipeError:
                continue  # records were overwritten while we read
            if not record:
                return
            head, _, text = record.partition(";")
            fields = head.split(",")
            micros = fields[2] if len(fields) > 2 and fields[2].isdigit() else ""  # noqa: PLR2004 - third field
            yield booted + timedelta(microseconds=int(micros)) if micros else None, text
    finally:
        os.close(descriptor)


def _journal() -> Iterator[tuple[datetime | None, str]]:
    """Lines as `1763781120.123456 host kernel: text`."""
    try:
        ran = run(JOURNALCTL, cwd=Path("/"), timeout=TIMEOUT, max_bytes=ANSWER_BYTES)
    except OSError:
        raise Unreadable from None
    lines = ran.stdout.decode("utf-8", "backslashreplace").splitlines()
    if ran.code or not [line for line in lines if not line.startswith("-- ")]:
        raise Unreadable
    for line in lines:
        stamp, _, text = line.partition(" ")
        try:
            yield datetime.fromtimestamp(float(stamp), UTC), text
        except ValueError:
            continue
