"""Tools that write to a registry beside us, played step by step in our own thread: the same every time.

Each is a generator that does one system call or so between two `yield`s. A file that we hold a lease on cannot be
opened for writing at that moment; a real tool waits, and so does a played one, by trying again at its next step.
"""

import fcntl
import os
from collections.abc import Generator
from pathlib import Path

Steps = Generator[None, None, None]
PIECES = 3


def appends(path: Path, line: bytes, *, halves: bool = False) -> Steps:
    """Open at the end, write the row, close; perhaps in two halves."""
    descriptor = yield from _opened(path, os.O_WRONLY | os.O_APPEND)
    middle = len(line) // 2 if halves else 0
    for piece in (line[:middle], line[middle:]):
        if piece:
            os.write(descriptor, piece)
            yield
    os.close(descriptor)


def appends_in_halves(path: Path, line: bytes) -> Steps:
    """As a tool does whose buffer is full in the middle of a row."""
    return appends(path, line, halves=True)


def renames(path: Path, line: bytes) -> Steps:
    """Read all, write another file, put it in the place."""
    data = path.read_bytes()
    yield
    other = path.with_name("REGISTRY.md.tool")
    other.write_bytes(with_row(data, line))
    yield
    other.rename(path)


def truncates(path: Path, line: bytes) -> Steps:
    """Read all, empty the file, write it piece by piece."""
    data = with_row(path.read_bytes(), line)
    yield
    descriptor = yield from _opened(path, os.O_WRONLY | os.O_TRUNC)
    size = len(data) // PIECES + 1
    for at in range(0, len(data), size):
        yield
        os.write(descriptor, data[at : at + size])
    os.close(descriptor)


def locks(path: Path, line: bytes) -> Steps:
    """As `renames`, with the lock that all should take."""
    lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT)
    try:
        while not _locked(lock):
            yield
        yield from renames(path, line)
    finally:
        os.close(lock)


ALL = (appends, appends_in_halves, renames, truncates, locks)


def with_row(data: bytes, line: bytes) -> bytes:
    """The row in the place of its site's, or at the end."""
    site = line.split(b"|")[1]
    lines = data.splitlines(keepends=True)
    if any(site in old for old in lines):
        return b"".join(line if site in old else old for old in lines)
    return data + line


def _opened(path: Path, flags: int) -> Generator[None, None, int]:
    while True:
        try:
            return os.open(path, flags | os.O_NONBLOCK)
        except BlockingIOError:
            yield


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
