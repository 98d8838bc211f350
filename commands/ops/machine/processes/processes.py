"""Processes as the kernel shows them: command lines first, details only of those that matter.

Straight from /proc, since asking psutil for every process takes twice as long as reading their command lines, and
it gives start times as seconds, too coarse to tell one process from the next that gets its number. Format: proc(5).
"""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from commands.ops.machine.processes.proc_files import read_proc
from commands.ops.machine.processes.process_stat import parse_stat


@dataclass(frozen=True, slots=True)
class Process:
    """One process.

    started_ticks: clock ticks between the machine's start and the process's; with `boot_id` and `pid` its identity.
    user: the user id it acts as. argv: its command line. program: the file it runs, cwd: its working directory;
    None where this user may not see them.
    """

    pid: int
    parent: int
    started_ticks: int
    boot_id: str
    user: int
    argv: tuple[str, ...]
    program: str | None
    cwd: str | None


@dataclass(frozen=True, slots=True)
class CommandLines:
    """Every process's command line as bytes.

    hidden: how many this user may not read. others_shown: other users' processes are listed at all (hidepid, proc(5)).
    """

    lines: dict[int, bytes]
    hidden: int
    others_shown: bool


def command_lines(proc: Path) -> CommandLines:
    """All command lines; kernel threads and zombies have none, and what vanishes meanwhile is left out."""
    lines: dict[int, bytes] = {}
    hidden = 0
    base = f"{proc}/"
    names = os.listdir(proc)  # noqa: PTH208 - names are all we need, of thousands
    for name in names:
        if not name.isdigit():
            continue
        try:
            if line := read_proc(f"{base}{name}/cmdline"):
                lines[int(name)] = line
        except PermissionError:
            hidden += 1
        except OSError:
            continue  # it ended meanwhile
    return CommandLines(
        lines, hidden, others_shown="1" in names
    )  # the first process is root's and never ends


def process(proc: Path, pid: int, command_line: bytes) -> Process | None:
    """The details of a process whose command line was read; None if it ended meanwhile."""
    try:
        status = parse_stat(read_proc(f"{proc}/{pid}/stat"))
        user = _effective_user(read_proc(f"{proc}/{pid}/status"))
        details = (_link(f"{proc}/{pid}/exe"), _link(f"{proc}/{pid}/cwd"))
    except (OSError, ValueError):
        return None
    if status.ended:
        return None
    return Process(
        pid, status.parent, status.started_ticks, boot_id(proc), user, argv_of(command_line), *details
    )


def works_under(process: Process, root: str) -> bool:
    """Whether its working directory is the root, a real path, or below it; the kernel marks one that was removed."""
    path = (process.cwd or "").removesuffix(" (deleted)")
    return path == root or path.startswith(root.rstrip("/") + "/")


def argv_of(command_line: bytes) -> tuple[str, ...]:
    """A command line's words; one that a process wrote itself (setproctitle) is cut at its blanks."""
    text = command_line.rstrip(b"\0 ").decode("utf-8", "backslashreplace")
    words = text.split("\0")
    return tuple(words[0].split()) if len(words) == 1 else tuple(words)


@cache
def boot_id(proc: Path) -> str:
    """This boot's id; a PID and a start time mean something only together with it."""
    try:
        return read_proc(f"{proc}/sys/kernel/random/boot_id").decode("ascii").strip()
    except OSError:
        return ""


def _effective_user(status: bytes) -> int:
    for line in status.splitlines():
        if line.startswith(b"Uid:"):
            return int(line.split()[2])
    raise ValueError("no Uid line")


def _link(path: str) -> str | None:
    try:
        return os.readlink(path)  # noqa: PTH115 - text is all we need
    except PermissionError:
        return None
