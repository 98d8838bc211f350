"""What a process works on, as the kernel shows it: its working directory and the files it has open."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from commands.ops.machine.processes.proc_files import read_proc

MOST = 256  # open files of one process that we look at


def open_paths(proc: Path, pid: int) -> tuple[str, ...]:
    """The working directory and the open files of a process; empty where it ended, or may not be seen."""
    base = f"{proc}/{pid}"
    links = (_link(path) for path in (f"{base}/cwd", *(f"{base}/fd/{number}" for number in _numbers(base))))
    return tuple(link for link in links if link.startswith("/"))


def writing(proc: Path, pids: Iterable[int], beginning: str) -> Iterator[tuple[int, str]]:
    """The files whose paths begin so that these processes have open for writing: each process with its file.

    Costs some microseconds a process and open file: not for every look at thousands of them.
    """
    for pid in pids:
        base = f"{proc}/{pid}"
        for number in _numbers(base):
            path = _link(f"{base}/fd/{number}")
            if path.startswith(beginning) and _is_for_writing(f"{base}/fdinfo/{number}"):
                yield pid, path.removesuffix(" (deleted)")


def _numbers(base: str) -> list[str]:
    try:
        return os.listdir(f"{base}/fd")[:MOST]  # noqa: PTH208 - names are all we need
    except OSError:
        return []


def _link(path: str) -> str:
    try:
        return os.readlink(path)  # noqa: PTH115 - text is all we need
    except OSError:
        return ""


def _is_for_writing(info: str) -> bool:
    """As the flags of the descriptor say, in octal: proc(5)."""
    try:
        words = read_proc(info).split()
        flags = int(words[words.index(b"flags:") + 1], 8)
    except (OSError, ValueError, IndexError):
        return False
    return flags & os.O_ACCMODE != os.O_RDONLY
