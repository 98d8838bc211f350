"""A wave's log since its last launch: errors by kind, exit codes, who was last at which site."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from commands.ops.house import House
from commands.ops.logs import host_logs, log_lines, mentions
from commands.ops.logs.log_lines import Kind
from commands.ops.machine.files.files import Missing, Unreadable
from commands.ops.machine.logs import logs

LINES = 5000  # of the log's end that we look at
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Errors:
    """The errors of one kind: how many, the first and the last time, and the last line."""

    kind: Kind
    count: int
    first: datetime | None
    last: datetime | None
    example: str


@dataclass(frozen=True, slots=True)
class WaveLog:
    """What a wave's log tells since its last launch, or in its last lines where no launch is among them.

    path: under the root. launched: agents that the last launch started; launched_at: when. exit_codes: how many
    agents ended with each; ended: which processes, with their codes. last_site: the site each process wrote of last.
    tail: the last lines. problem: why there is nothing.
    """

    path: str
    launched: int | None = None
    launched_at: datetime | None = None
    errors: tuple[Errors, ...] = ()
    exit_codes: tuple[tuple[int, int], ...] = ()
    ended: tuple[tuple[int, int], ...] = ()
    last_site: tuple[tuple[int, str], ...] = ()
    tail: tuple[str, ...] = ()
    problem: str | None = None


def read(house: House, wave: int, sites: Collection[str]) -> WaveLog:
    """Read `logs/wave-N.log`; that there is none is said in `problem`."""
    path = host_logs.wave_log(house.settings.tree, wave)
    try:
        lines = logs.tail(house.machine.root / path, LINES).lines
    except Missing:
        return WaveLog(path, problem=f"There is no {path}: the wave has written no log.")
    except Unreadable as error:
        return WaveLog(path, problem=f"The wave's log cannot be read: {error.sentence}")
    return _told(path, lines, sites)


def _told(path: str, lines: Sequence[str], sites: Collection[str]) -> WaveLog:
    launch = max((place for place, line in enumerate(lines) if log_lines.started(line)), default=None)
    ours = lines if launch is None else lines[launch:]
    ended = {
        pids[-1]: code
        for line in ours
        if (code := log_lines.exit_code(line)) is not None and (pids := log_lines.pids(line))
    }
    return WaveLog(
        path,
        launched=None if launch is None else log_lines.started(lines[launch]),
        launched_at=None if launch is None else log_lines.written_at(lines[launch]),
        errors=errors_of([line for line in ours if log_lines.exit_code(line) is None]),
        exit_codes=tuple(sorted(Counter(ended.values()).items())),
        ended=tuple(ended.items()),
        # The first agents have written of their sites by the time that their launcher says it has started them all.
        last_site=tuple(_last_sites(lines, sites).items()),
        tail=tuple(lines[-SHOWN:]),
    )


def errors_of(lines: Sequence[str]) -> tuple[Errors, ...]:
    """Error lines grouped by kind, the most frequent first."""
    found: dict[Kind, list[str]] = {}
    for line in lines:
        if kind := log_lines.kind_of(line):
            found.setdefault(kind, []).append(line)
    groups = [
        Errors(kind, len(those), log_lines.written_at(those[0]), log_lines.written_at(those[-1]), those[-1])
        for kind, those in found.items()
    ]
    return tuple(sorted(groups, key=lambda group: -group.count))


def _last_sites(lines: Sequence[str], sites: Collection[str]) -> dict[int, str]:
    finder = mentions.finder(sites)
    found: dict[int, str] = {}
    for line in lines:
        pids = log_lines.pids(line)
        if pids and (named := finder.search(line)):
            found[pids[0]] = named[0]
    return found
