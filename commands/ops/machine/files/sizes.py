"""How much space directories take, as `du` counts it: allocated bytes, every inode once, one file system."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from commands.ops.machine import tools

MOST_BYTES = 64 * 1024**2  # of what it prints: half a million directories
_VANISHED = re.compile(r"No such file or directory|Stale file handle")
_QUOTED = re.compile(r"du: (?P<what>.*)")


@dataclass(frozen=True, slots=True)
class Sizes:
    """What `du` saw. sizes: path → bytes, relative to the base, which is `.`; complaints: what it could not read."""

    sizes: dict[str, int]
    complaints: tuple[str, ...]


def measure(base: Path, depth: int, seconds: float) -> Sizes:
    """Measure a directory and those below it, so many levels deep; other file systems are left out.

    Raises:
        OSError: there is no `du`, or the directory cannot be entered.
        TimeoutError: it took too long.
    """
    argv = ("du", "--one-file-system", "--null", "--block-size=1", f"--max-depth={depth}", "--", ".")
    ran = tools.run(argv, cwd=base, timeout=seconds, max_bytes=MOST_BYTES, env={**os.environ, "LC_ALL": "C"})
    if ran.timed_out:
        raise TimeoutError(f"du took more than {seconds:g} seconds")
    found: dict[str, int] = {}
    for line in ran.stdout.split(b"\0"):
        number, tab, path = line.partition(b"\t")
        if tab and number.isdigit():
            found[os.fsdecode(path).removeprefix("./")] = int(number)
    return Sizes(found, _complaints(ran.stderr))


def _complaints(printed: bytes) -> tuple[str, ...]:
    """What it could not read; what went away while it looked is nobody's trouble."""
    lines = printed.decode("utf-8", "backslashreplace").splitlines()
    told = (match["what"] for line in lines if (match := _QUOTED.match(line)) and not _VANISHED.search(line))
    return tuple(told)
