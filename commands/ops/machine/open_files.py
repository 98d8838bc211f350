"""What a process works on, as the kernel shows it: its working directory and the files it has open."""

import os
from pathlib import Path

MOST = 256  # open files of one process that we look at


def open_paths(proc: Path, pid: int) -> tuple[str, ...]:
    """The working directory and the open files of a process; empty where it ended, or may not be seen."""
    base = f"{proc}/{pid}"
    try:
        names = os.listdir(f"{base}/fd")[:MOST]  # noqa: PTH208 - names are all we need
    except OSError:
        names = []
    links = (_link(path) for path in (f"{base}/cwd", *(f"{base}/fd/{name}" for name in names)))
    return tuple(link for link in links if link.startswith("/"))


def _link(path: str) -> str:
    try:
        return os.readlink(path)  # noqa: PTH115 - text is all we need
    except OSError:
        return ""
