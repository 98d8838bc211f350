"""What finalizations of a batch left behind, and what may keep one from going on: its tool, its log, locks, the disk."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from commands.ops.agents.agents import agents_user
from commands.ops.agents.bystanders import BYSTANDERS
from commands.ops.disk import disk
from commands.ops.disk.disk import Disk
from commands.ops.errors import NotReadable
from commands.ops.house import House
from commands.ops.launches import launching
from commands.ops.logs import host_logs
from commands.ops.logs.host_logs import Found
from commands.ops.machine import git
from commands.ops.machine.launches import launch_records
from commands.ops.machine.launches.launch_records import Launched, Outcome
from commands.ops.machine.locks import holders as lock_holders, locks
from commands.ops.machine.locks.locks import Holder
from commands.ops.machine.locks.shared import shared_lock
from commands.ops.machine.processes import identities, processes
from commands.ops.machine.processes.identities import Identity
from commands.ops.names import batch_name

TASK = "finalize"  # what the record of a launch says that it was for
LINES, LOOKED_AT = 20, 1000  # of the tool's log: shown, and looked at
LOCK = "registry"

_BATCH = re.compile(r"\bbatch[ =:]+(\d{1,6})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Traces:
    """One look.

    running: the tool's processes for this batch, whoever started them. launched: how the last call from here ended,
    and `last_words` what it printed. log: the end of the tool's own log; errors: of the host's log, the last. holders: who of Wavewarden's runs holds the registry; locked: a tool holds its lock. problems: what
    could not be read.
    """

    running: tuple[Identity, ...]
    launched: tuple[Launched, Outcome] | None
    last_words: tuple[str, ...]
    log: Found
    errors: Found
    holders: tuple[Holder, ...]
    locked: bool
    lockers: tuple[Identity, ...]
    git: git.State | None
    disk: Disk
    problems: tuple[str, ...]


def look(house: House, batch: str) -> Traces:
    """Look for them. What cannot be read is told, nothing is raised."""
    settings, machine = house.settings, house.machine
    problems: list[str] = []
    running: tuple[Identity, ...] = ()
    try:
        running = tuple(_running(house, batch))
    except OSError as error:
        problems.append(f"Processes cannot be read: {error.strerror}.")
    launched = launch_records.latest(settings.state, {"batch": batch, "task": TASK})
    log = host_logs.end_of(machine, log_of(house), LOOKED_AT, errors=False)
    batch_log = host_logs.end_of(machine, settings.tree.batch_log, LINES, errors=True)
    free = disk.read(settings, machine)
    locked, lockers = _locked(house)
    return Traces(
        running=running,
        launched=(launched, launch_records.outcome(launched)) if launched else None,
        last_words=launching.last_lines(launched, LINES) if launched else (),
        log=replace(log, lines=_of_batch(log.lines, batch)),
        errors=batch_log,
        holders=tuple(one for one in locks.holders(settings.state) if one.name == LOCK),
        locked=locked,
        lockers=lockers,
        git=_git(house, problems),
        disk=free,
        problems=(*problems, *free.problems),
    )


def log_of(house: House) -> str:
    """Where the tool writes its log, under the root: `finish.sh` into `logs/finish.log`."""
    return str(Path(house.settings.tree.logs) / f"{Path(house.settings.tools.finalize[0]).stem}.log")


def _of_batch(lines: Sequence[str], batch: str) -> tuple[str, ...]:
    """The last of those that do not name another batch alone."""
    named = (_BATCH.findall(line) for line in lines)
    kept = [
        line for line, names in zip(lines, named, strict=True) if not names or batch in map(batch_name, names)
    ]
    return tuple(kept[-LINES:])


def _running(house: House, batch: str) -> Iterator[Identity]:
    """Processes that run the tool for this batch, as the agents' user; who only shows or edits the script does not."""
    proc, script = house.machine.proc, Path(house.settings.tools.finalize[0]).name
    for pid, line in processes.command_lines(proc).lines.items():
        words = processes.argv_of(line) if script.encode() in line else ()
        names = [Path(word).name for word in words]
        if script not in names or names[0] in BYSTANDERS:
            continue
        if any(batch_name(word) == batch for word in words[names.index(script) + 1 :]):
            with suppress(NotReadable):
                found = identities.at(proc, pid)
                if (
                    found
                    and found.user == agents_user(house.settings, house.machine)
                    and _is_here(house, pid, line)
                ):
                    yield found


def _is_here(house: House, pid: int, line: bytes) -> bool:
    """Whether it works on this host: there may be another one on the same machine."""
    seen = processes.process(house.machine.proc, pid, line)
    return seen is not None and processes.works_under(seen, os.path.realpath(house.machine.root))


def _git(house: House, problems: list[str]) -> git.State | None:
    try:
        return git.state(house.machine.root, house.settings.tree.registry)
    except git.GitFailed as error:
        problems.append(error.sentence)
        return None


def _locked(house: House) -> tuple[bool, tuple[Identity, ...]]:
    """Whether a tool holds the registry's lock for longer than a moment, and which."""
    path = house.machine.root / house.settings.tree.registry_lock
    if not os.access(path, os.R_OK):
        return False, ()
    with shared_lock(path, house.clock) as held:
        if held:
            return False, ()
        found = (
            identities.at(house.machine.proc, pid) for pid in lock_holders.holding(house.machine.proc, path)
        )
        return True, tuple(one for one in found if one)
