"""The host's logs: the end of one, or what all of them say of one site."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from commands.ops.host_settings import Tree
from commands.ops.logs import log_lines, mentions
from commands.ops.machine.files import files
from commands.ops.machine.files.files import Missing, Unreadable
from commands.ops.machine.host import Machine
from commands.ops.machine.logs import logs, search

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
    names = {machine.root / path: path for path in paths(machine, tree)}
    found = []
    for path, hits in search.in_all(tuple(names), site, MOST_HITS).items():
        if isinstance(hits, Unreadable):
            if not isinstance(hits, Missing):
                found.append(Found(names[path], problem=hits.sentence))
        elif mine := _last(tuple(line for line in hits if finder.search(line)), lines, errors=errors):
            found.append(Found(names[path], mine))
    return tuple(found)


def in_order(logs: Sequence[Found]) -> tuple[str, ...]:
    """The lines of several logs, oldest first; one that tells no time stays behind the line before it."""
    timed: list[tuple[float, str]] = []
    for one in logs:
        last = float("-inf")
        for text in one.lines:
            at = log_lines.written_at(text)
            last = at.timestamp() if at else last
            timed.append((last, text))
    return tuple(text for _, text in sorted(timed, key=lambda pair: pair[0]))


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
