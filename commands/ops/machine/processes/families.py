"""Process trees: who started whom, and what a whole tree uses."""

import os
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from commands.ops.machine.processes.proc_files import read_proc
from commands.ops.machine.processes.process_stat import parent_in, parse_stat

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process and all below it use. The CPU share is since the process started; 100 is one busy CPU.

    Memory that several processes share counts in each.
    """

    age_seconds: float
    rss_bytes: int
    cpu_percent: float


@dataclass(frozen=True, slots=True)
class Families:
    """The processes of one moment: each one's parent and children, and its stat line."""

    parents: Mapping[int, int]
    children: Mapping[int, list[int]]
    lines: Mapping[int, bytes]
    seconds_since_boot: float

    def ancestors(self, pid: int) -> Iterator[int]:
        """Those above this process, the nearest first."""
        seen = {pid}
        while (pid := self.parents.get(pid, 0)) > 0 and pid not in seen:
            seen.add(pid)
            yield pid

    def tree(self, pid: int) -> list[int]:
        """This process and all below it."""
        found = {pid: None}
        waiting = [pid]
        while waiting:
            below = [child for child in self.children.get(waiting.pop(), ()) if child not in found]
            found.update(dict.fromkeys(below))
            waiting += below
        return list(found)

    def usage(self, pid: int) -> Usage | None:
        """What a tree uses; None where its root had ended."""
        if pid not in self.lines:
            return None
        stats = [parse_stat(self.lines[member]) for member in self.tree(pid)]
        age = max(self.seconds_since_boot - stats[0].started_ticks / TICKS, 0.0)
        busy = sum(stat.cpu_ticks for stat in stats) / TICKS
        return Usage(age, PAGE * sum(stat.rss_pages for stat in stats), 100 * busy / age if age else 0.0)


def families(proc: Path, pids: Iterable[int]) -> Families:
    """How these processes are related; those that ended meanwhile are left out."""
    parents: dict[int, int] = {}
    children: defaultdict[int, list[int]] = defaultdict(list)
    lines: dict[int, bytes] = {}
    for pid in pids:
        try:
            line = read_proc(f"{proc}/{pid}/stat")
            parent = parent_in(line)
        except (OSError, ValueError):
            continue
        lines[pid], parents[pid] = line, parent
        children[parent].append(pid)
    return Families(parents, children, lines, time.clock_gettime(time.CLOCK_BOOTTIME))
