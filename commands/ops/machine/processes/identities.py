"""Which process is meant, for good: a number alone may belong to another process a moment later."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from commands.ops.machine.processes import families, processes
from commands.ops.machine.processes.proc_files import read_proc
from commands.ops.machine.processes.process_stat import parent_in, parse_stat

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Identity:
    """One process: its number, its start in clock ticks since boot, that boot's id, its effective user, its words."""

    pid: int
    started_ticks: int
    boot_id: str
    user: int
    argv: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """For keeping; `from_json` reads it."""
        return {**asdict(self), "argv": list(self.argv)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """What `as_json` wrote.

        Raises:
            TypeError: it is something else.
            KeyError: the words are missing.
        """
        return cls(**{**kept, "argv": tuple(kept["argv"])})


def ourselves() -> Identity:
    """Which process we are.

    Raises:
        OSError: the kernel does not show us to ourselves.
    """
    us = at(PROC, os.getpid())
    if us is None:
        raise FileNotFoundError(f"{PROC}/{os.getpid()}")
    return us


def lives(meant: Identity) -> bool:
    """Whether this very process still runs."""
    return difference(meant, at(PROC, meant.pid)) is None


def at(proc: Path, pid: int) -> Identity | None:
    """The process that has this number now; None where there is none, it has ended, or it may not be seen."""
    try:
        line = read_proc(f"{proc}/{pid}/cmdline")
    except OSError:
        return None
    found = processes.process(proc, pid, line)
    if found is None:
        return None
    return Identity(pid, found.started_ticks, found.boot_id, found.user, found.argv)


def difference(meant: Identity, now: Identity | None) -> str | None:
    """Why `now` is not the process that was meant; None where it is."""
    if now is None:
        return "what has its number now may not be seen"
    if now.boot_id != meant.boot_id:
        return "the machine was started anew since"
    if (now.pid, now.started_ticks) != (meant.pid, meant.started_ticks):
        return "another process has its number now"
    if now.user != meant.user:
        return f"it runs as user {now.user} now, not as {meant.user}"
    return None if now.argv == meant.argv else "it runs another command line now"


def trees(proc: Path, tops: Iterable[Identity]) -> tuple[Identity, ...]:
    """These processes and all that they started, as it stands now: parents before children, none twice.

    A process that has taken the number of one of `tops` brings no children in.
    """
    tops = tuple(tops)
    related = families.families(proc, processes.command_lines(proc).lines)
    found = dict.fromkeys(tops)
    for top in tops:
        if difference(top, at(proc, top.pid)) is None:
            below = (at(proc, pid) for pid in related.tree(top.pid)[1:])
            found.update(
                (child, None)
                for child in below
                if child and child.started_ticks == parse_stat(related.lines[child.pid]).started_ticks
            )
    return tuple(found)


def line_above(proc: Path, pid: int) -> Iterator[int]:
    """A process's number, its parent's, and so on, as far as they may be seen."""
    while pid > 0:
        yield pid
        try:
            pid = parent_in(read_proc(f"{proc}/{pid}/stat"))
        except (OSError, ValueError):
            return
