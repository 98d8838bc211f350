"""Process trees: who started whom, and what a whole tree uses."""

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from commands.ops.machine.proc_files import read_proc
from commands.ops.machine.process_stat import Stat, parse_stat

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
    """The processes of one moment, by number, and their children."""

    stats: dict[int, Stat]
    children: dict[int, list[int]]
    seconds_since_boot: float

    def ancestors(self, pid: int) -> Iterator[int]:
        """Those above this process, the nearest first."""
        seen = {pid}
        while (stat := self.stats.get(pid)) and stat.parent > 0 and stat.parent not in seen:
            pid = stat.parent
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
        root = self.stats.get(pid)
        if root is None:
            return None
        stats = [self.stats[member] for member in self.tree(pid)]
        age = max(self.seconds_since_boot - root.started_ticks / TICKS, 0.0)
        busy = sum(stat.cpu_ticks for stat in stats) / TICKS
        return Usage(age, PAGE * sum(stat.rss_pages for stat in stats), 100 * busy / age if age else 0.0)


def families(proc: Path, pids: Iterable[int]) -> Families:
    """How these processes are related; those that ended meanwhile are left out."""
    stats: dict[int, Stat] = {}
    children: dict[int, list[int]] = {}
    for pid in pids:
        try:
            stat = parse_stat(read_proc(f"{proc}/{pid}/stat"))
        except (OSError, ValueError):
            continue
        stats[pid] = stat
        children.setdefault(stat.parent, []).append(pid)
    return Families(stats, children, time.clock_gettime(time.CLOCK_BOOTTIME))
