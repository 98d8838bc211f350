"""The mark that a launched tool and all that it starts carry in their environment: which launch they are of.

A command line need not tell it, and a parent that has ended cannot: a process's environment stays with its children.
"""

import re
from pathlib import Path

from commands.ops.machine.processes.proc_files import read_proc

NAME = "WAVEWARDEN_LAUNCH"

_ID = re.compile(r"[0-9T]+-[0-9a-f]+")  # it becomes a file's name, and anybody may write an environment


def of(proc: Path, pid: int) -> str | None:
    """The id of the launch that this process is of; None where it has no mark, or may not be looked at."""
    try:
        words = read_proc(f"{proc}/{pid}/environ").split(b"\0")
    except OSError:
        return None
    start = f"{NAME}=".encode()
    found = next((word[len(start) :] for word in words if word.startswith(start)), b"")
    text = found.decode("ascii", "replace")
    return text if _ID.fullmatch(text) else None
