"""The host's logs: the end of one, or what all of them say of one site."""

from dataclasses import dataclass
from pathlib import Path

from commands.ops import log_lines, mentions
from commands.ops.host_settings import Tree
from commands.ops.machine import files, log_search, logs
from commands.ops.machine.files import Unreadable
from commands.ops.machine.host import Machine

LOOKED_AT = 5000  # lines of a log's end among which errors are looked for
MOST_HITS = 5000  # lines of one log that name a site


@dataclass(frozen=True, slots=True)
class Found:
    """Lines of one log, oldest first. path: under the root. problem: why there are none."""

    path: str
    lines: tuple[str, ...] = ()
    problem: str | None = None


def end_of(machine: Machine, path: str, lines: int, *, errors: bool) -> Found:
    """The last lines of a log; of its errors among the last 5,000, where only they are wanted."""
    try:
        tail = logs.tail(machine.root / path, LOOKED_AT if errors else lines).lines
    except Unreadable as error:
        return Found(path, problem=error.sentence)
    return Found(path, _last(tail, lines, errors=errors))


def of_site(machine: Machine, tree: Tree, site: str, lines: int, *, errors: bool) -> tuple[Found, ...]:
    """The last lines of each log that name a site, whole and literally; logs that do not are left out."""
    finder = mentions.finder([site])
    found = []
    for path in paths(machine, tree):
        try:
            hits = log_search.lines_with(machine.root / path, site.encode(), MOST_HITS)
        except files.Missing:
            continue
        except Unreadable as error:
            found.append(Found(path, problem=error.sentence))
            continue
        if mine := _last(tuple(line for line in hits if finder.search(line)), lines, errors=errors):
            found.append(Found(path, mine))
    return tuple(found)


def paths(machine: Machine, tree: Tree) -> tuple[str, ...]:
    """The logs that there are, under the root: `logs/*.log`, then `batch.log`."""
    try:
        names = sorted(name for name in files.names_in(machine.root / tree.logs) if name.endswith(".log"))
    except Unreadable:
        names = []
    return (*(str(Path(tree.logs) / name) for name in names), tree.batch_log)


def wave_log(tree: Tree, wave: int) -> str:
    """Where a wave's log is."""
    return str(Path(tree.logs) / f"wave-{wave}.log")


def _last(lines: tuple[str, ...], most: int, *, errors: bool) -> tuple[str, ...]:
    kept = [line for line in lines if log_lines.kind_of(line)] if errors else lines
    return tuple(kept[-most:])
