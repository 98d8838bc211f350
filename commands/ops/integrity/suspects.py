"""Who may have corrupted the registry: who has it open for writing now, and who is at work on the host."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from commands.ops.agents.agents import Agent, Seen
from commands.ops.house import House
from commands.ops.machine.processes import open_files, processes

MOST = 50  # of each kind
MOST_CHARACTERS = 200  # of a command line


@dataclass(frozen=True, slots=True)
class Suspect:
    """One process, known for good by its PID, its start in clock ticks and the boot's id.

    user: the user id it acts as; None where it was not looked at. command: its command line, redacted and cut.
    opened: what it had open for writing: the registry, its lock, or a new one that was to take its place; empty for
    an agent or launcher that was merely at work.
    """

    pid: int
    started_ticks: int
    boot_id: str
    user: int | None
    command: str
    opened: str


def look(house: House, seen: Seen | None) -> tuple[Suspect, ...]:
    """Writers first, then the agents and launchers that were seen; we ourselves are left out.

    Looks at the open files of every process: only for a moment that matters.
    """
    writers = tuple(_writers(house))[:MOST]
    known = {one.pid for one in writers}
    at_work = (*seen.launchers, *seen.agents)[:MOST] if seen else ()
    return (*writers, *_at_work(house, (one for one in at_work if one.pid not in known)))


def _writers(house: House) -> Iterator[Suspect]:
    """Also those that hold its lock or write `REGISTRY.md.new`: their names begin as the registry's does."""
    registry = os.path.realpath(house.machine.root / house.settings.tree.registry)
    proc = house.machine.proc
    try:
        lines = processes.command_lines(proc).lines
    except OSError:
        return
    others = (pid for pid in lines if pid != os.getpid())
    for pid, path in dict(open_files.writing(proc, others, registry)).items():
        if found := processes.process(proc, pid, lines[pid]):
            command = _command(house, found.argv)
            opened, command = Path(path).name, _command(house, found.argv)
            yield Suspect(pid, found.started_ticks, found.boot_id, found.user, command, opened)


def _at_work(house: House, agents: Iterable[Agent]) -> Iterator[Suspect]:
    for one in agents:
        yield Suspect(one.pid, one.started_ticks, one.boot_id, None, _command(house, one.argv), "")


def _command(house: House, argv: Iterable[str]) -> str:
    return house.redactor.clean(" ".join(argv))[:MOST_CHARACTERS]
