"""Which processes hold a flock on a file, as the kernel lists them: proc_locks(5)."""

import os
from collections.abc import Iterator
from pathlib import Path

FIELDS = 6  # number, kind, how it is enforced, read or write, process, file


def holding(proc: Path, path: Path) -> tuple[int, ...]:
    """The processes that hold a flock on this file; none where the kernel does not tell, or there is no such file."""
    try:
        found = path.stat()
        lines = (proc / "locks").read_text("ascii", "replace").splitlines()
    except OSError:
        return ()
    file = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
    return tuple(dict.fromkeys(_holders(lines, file)))


def _holders(lines: list[str], file: str) -> Iterator[int]:
    """Those that wait for it (`1: -> FLOCK …`) are no holders."""
    for line in lines:
        fields = line.split()
        if len(fields) >= FIELDS and fields[1] == "FLOCK" and fields[5] == file and fields[4].isdigit():
            yield int(fields[4])
