"""The agents: background processes that build sites, each counted once a process tree."""

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from commands.ops.agents import command_line
from commands.ops.errors import NotReadable
from commands.ops.machine.host import Machine
from commands.ops.machine.launches import accounts, launch_records, mark
from commands.ops.machine.launches.launch_records import Launched
from commands.ops.machine.processes import families, processes
from commands.ops.machine.processes.families import Families
from commands.ops.machine.processes.processes import Process
from commands.ops.names import wave_number
from commands.ops.settings import OpsSettings

Reason = Literal["bystander", "other_user", "elsewhere", "unseen"]


@dataclass(frozen=True, slots=True)
class Agent:
    """One agent: the topmost process of its tree.

    pid, started_ticks, boot_id: which process it is, for good. rss_bytes, cpu_percent: of the whole tree, the CPU
    share since it started. wave, batch: None where neither its command line nor the record of its launch tells; site:
    None where its command line does not.
    """

    pid: int
    started_ticks: int
    boot_id: str
    argv: tuple[str, ...]
    age_seconds: float
    rss_bytes: int
    cpu_percent: float
    wave: int | None
    batch: str | None
    site: str | None


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A process whose command line matches the pattern, and why it is no agent.

    bystander: a program that only shows, searches or edits. other_user: not the agents' account. elsewhere: its
    working directory is not under the root. unseen: its working directory may not be seen by this user.
    """

    pid: int
    argv: tuple[str, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Seen:
    """Agents, launchers (a tool's own processes that start agents), look-alikes; and what could not be read."""

    agents: tuple[Agent, ...]
    launchers: tuple[Agent, ...]
    look_alikes: tuple[LookAlike, ...]
    problems: tuple[str, ...]


def read(settings: OpsSettings, machine: Machine, sites: Collection[str] = ()) -> Seen:
    """Look at every process of the machine.

    An agent's command line has the pattern as a word, it runs as the agents' user, its working directory is under
    the root or we have launched it, and it is not a program that only shows, searches or edits (`command_line.BYSTANDERS`): `vim opus.md`,
    `tail -f opus.log`, `sh -c 'ps aux | grep opus'` are look-alikes. We ourselves and what started us are left out.

    Args:
        settings: the pattern, the user, the tools whose scripts are launchers, and where our launches are recorded.
        machine: its root and its processes.
        sites: names of sites; a word of a command line that is one of them is the agent's site.

    Raises:
        NotReadable: no process, or not the agents' user, can be found out.
    """
    look = _Look(settings, machine, sites)
    return look.seen()


class _Look:
    """One look at the machine's processes."""

    def __init__(self, settings: OpsSettings, machine: Machine, sites: Collection[str]) -> None:
        self._proc = machine.proc
        self._state = settings.state
        self._sites = sites
        self._root = _real(machine.root)
        self._launches: dict[str, Launched | None] = {}
        self._user = agents_user(settings, machine)
        self._pattern = command_line.pattern_of(settings.agents.pattern)
        tools = settings.tools
        self._scripts = {
            tool[0] for tool in (tools.implement_wave, tools.implement_sites, tools.design_sites)
        }
        try:
            self._lines = processes.command_lines(self._proc)
        except OSError as error:
            raise NotReadable(f"Processes cannot be read from {self._proc}: {error.strerror}.") from None

    def seen(self) -> Seen:
        """Sort the processes that match into what they are."""
        candidates = self._candidates()
        related = families.families(self._proc, self._lines.lines if candidates else ())
        ours = {os.getpid(), *related.ancestors(os.getpid())}
        agents: list[Process] = []
        launchers: list[Process] = []
        look_alikes: list[LookAlike] = []
        for process in candidates:
            if process.pid in ours:
                continue
            reason = self._reason(process)
            if reason is None and command_line.runs(process.argv, self._scripts):
                launchers.append(process)
            elif reason is None and self._pattern.search(self._lines.lines[process.pid]):
                agents.append(process)
            elif self._pattern.search(self._lines.lines[process.pid]):
                look_alikes.append(LookAlike(process.pid, process.argv, reason or "bystander"))
        inside = {member for agent in agents for member in related.tree(agent.pid)}
        return Seen(
            self._records(agents, related),
            self._records(launchers, related),
            tuple(one for one in look_alikes if one.pid not in inside),
            self._problems(look_alikes),
        )

    def _candidates(self) -> list[Process]:
        names = [Path(script).name.encode() for script in self._scripts]
        found = (
            processes.process(self._proc, pid, line)
            for pid, line in self._lines.lines.items()
            if self._pattern.search(line) or any(name in line for name in names)
        )
        return [process for process in found if process is not None]

    def _reason(self, process: Process) -> Reason | None:
        """Why this process is none of the host's; None if it is."""
        if process.user != self._user:
            return "other_user"
        if process.cwd is None:
            return "unseen"
        if not processes.works_under(process, self._root) and self._launched(process) is None:
            return "elsewhere"
        return (
            "bystander" if command_line.is_bystander(process.argv, process.program, self._pattern) else None
        )

    def _records(self, found: list[Process], related: Families) -> tuple[Agent, ...]:
        """One record a tree, the oldest first."""
        pids = {process.pid for process in found}
        tops = [process for process in found if pids.isdisjoint(related.ancestors(process.pid))]
        records = [record for process in tops if (record := self._record(process, related))]
        return tuple(sorted(records, key=lambda one: (one.started_ticks, one.pid)))

    def _record(self, process: Process, related: Families) -> Agent | None:
        usage = related.usage(process.pid)
        if usage is None:
            return None
        wave, batch = self._place(process)
        return Agent(
            process.pid,
            process.started_ticks,
            process.boot_id,
            process.argv,
            usage.age_seconds,
            usage.rss_bytes,
            usage.cpu_percent,
            wave,
            batch,
            command_line.site_of(process.argv, self._sites),
        )

    def _place(self, process: Process) -> tuple[int | None, str | None]:
        """Its wave and batch: its command line says it, else the record of its launch."""
        wave, batch = command_line.wave_of(process.argv), command_line.batch_of(process.argv)
        if wave is not None and batch is not None:
            return wave, batch
        launched = self._launched(process)
        about = launched.about if launched else {}
        return wave or wave_number(about.get("wave", "")), batch or about.get("batch") or None

    def _launched(self, process: Process) -> Launched | None:
        """The record of the launch that it is of, if one of ours."""
        number = mark.of(self._proc, process.pid)
        if number is None:
            return None
        if number not in self._launches:
            self._launches[number] = launch_records.read_one(self._state, number)
        return self._launches[number]

    def _problems(self, look_alikes: list[LookAlike]) -> tuple[str, ...]:
        problems = []
        if hidden := self._lines.hidden:
            problems.append(f"The command lines of {hidden} processes may not be read by this user.")
        if self._user != os.geteuid() and not self._lines.others_shown:
            problems.append("Other users' processes are hidden from this user, the agents' among them.")
        if unseen := [str(one.pid) for one in look_alikes if one.reason == "unseen"]:
            problems.append(
                f"Whether these processes are agents cannot be told, their working directory may not be read by "
                f"this user: {', '.join(unseen)}."
            )
        return tuple(problems)


def agents_user(settings: OpsSettings, machine: Machine) -> int:
    """The user id that agents run as: the account that is set, else the root's owner.

    Raises:
        NotReadable: it cannot be found out.
    """
    try:
        return accounts.user_id(settings.agents.user) if settings.agents.user else machine.root.stat().st_uid
    except KeyError:
        raise NotReadable(
            f"The agents' user {settings.agents.user} is no account here: set agents.user."
        ) from None
    except OSError as error:
        raise NotReadable(f"The root {machine.root} cannot be read: {error.strerror}.") from None


def _real(path: Path) -> str:
    return os.path.realpath(path)
