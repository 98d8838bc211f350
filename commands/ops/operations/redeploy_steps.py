"""One launch of a redeploy, step by step: rows put back, the tool called, its agents seen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from commands.ops.agents import agents
from commands.ops.agents.agents import Agent
from commands.ops.edits import editing, told
from commands.ops.edits.statuses import Mark
from commands.ops.errors import OperationFailed, OpsError
from commands.ops.house import House
from commands.ops.incidents import mutes
from commands.ops.launches import leases, preflight
from commands.ops.launches.launching import ToolRun, last_lines, run_tool
from commands.ops.launches.relaunch import Launch, Wanted, argv, starts_from
from commands.ops.machine.launches import launch_records
from commands.ops.operations.wave_health import Health
from commands.ops.registry import registry
from commands.ops.waves.meant import subject_of

SHOWN = 3  # last lines of a tool that failed

Act = Callable[[], str | None]


@dataclass(slots=True)
class Relaunch:
    """One launch. rows: its sites with their rows' text; back: those of them that are put back first.

    leases: what it keeps until its agents are seen. begun: whether anything was changed.
    """

    house: House
    wanted: Wanted
    launch: Launch
    rows: Mapping[str, str]
    back: Sequence[str]
    leases: tuple[str, ...]
    begun: bool = False
    _before: frozenset[tuple[int, int]] = frozenset()
    _ran: ToolRun | None = field(default=None)

    @property
    def letter(self) -> str:
        """What the tool takes a site from."""
        return starts_from(self.house.settings.ladder, self.wanted.task)[0]

    @property
    def word(self) -> str:
        """The letter, as people say it."""
        return dict(self.house.settings.ladder.steps)[self.letter]

    def put_back(self) -> str:
        """Sites that were in work are at the tool's letter again; each row must be as it was planned.

        Raises:
            OpsError: as `start` does before it launches, and as an edit of the registry does.
        """
        house = self.house
        preflight.check(house, self.wanted, self.leases)
        self.begun = True
        marks = {site: Mark(self.rows[site], self.letter) for site in self.back}
        edited = editing.set_status(house.settings, house.machine, marks, house.clock.now(), house.clock)
        kept = f"; the registry before it is copy {edited.backup.name}" if edited.backup else ""
        done = f"{len(edited.applied)} sites are at {self.letter} again{kept}."
        return " ".join([done, *told.sentences(edited)])

    def start(self) -> str:
        """Call the tool, with the waves kept until the agents are seen.

        Raises:
            Refusal: launches were put on hold meanwhile, or the disk is full.
            OperationFailed: the tool failed, or was not started.
        """
        house = self.house
        preflight.check(house, self.wanted, self.leases)
        left = Launch(self.launch.wave, () if self.launch.wave else tuple(self.rows), self.launch.agents)
        words = argv(house.settings.tools, self.wanted, left)
        self.begun = True
        self._before = frozenset(_identity(agent) for agent in self._agents())
        self._listen_again()
        for name in self.leases:
            leases.take(house, name, f"redeploy {self.launch.name}")
        try:
            self._ran = run_tool(
                house, words, {"batch": self.wanted.batch, "wave": str(self.launch.wave or "")}
            )
            if self._ran.outcome.bad:
                raise OperationFailed(
                    f"The tool failed: {self._ran.launched.argv[0]} {self._ran.outcome}{_said(self._ran)}."
                )
        except OpsError:
            self._give_back()
            raise
        return self._told(self._ran)

    def see(self) -> str | None:
        """The agents that were not there before; or that they have taken their sites already.

        Raises:
            OperationFailed: none was seen for as long as the lease lasts.
        """
        seen = [agent for agent in self._agents() if _identity(agent) not in self._before]
        taken = [] if seen else self._taken()
        if seen or len(taken) == len(self.rows):
            self._give_back()
            return f"{len(seen)} agents are at work" if seen else f"all {len(taken)} sites were taken at once"
        if not any(leases.held(self.house, name) for name in self.leases):
            raise OperationFailed(self._unseen())
        return None

    def until_healthy(self, following: "Relaunch") -> Act:
        """What waits until this wave is healthy and there is room for the next one."""
        return Health(self.house, self.wanted.batch, self.launch, following.launch).look

    def _agents(self) -> list[Agent]:
        """Those that may be of this launch."""
        house, wave = self.house, self.launch.wave
        found = agents.read(house.settings, house.machine).agents
        own = [agent for agent in found if agent.batch in (None, self.wanted.batch)]
        return [agent for agent in own if wave is None or agent.wave in (None, wave)]

    def _listen_again(self) -> None:
        """A loss that was accepted is no loss any more: the wave's alerts are told again."""
        if self.launch.wave is not None:
            with self.house.journal.write() as transaction:
                mutes.lift(
                    transaction, subject_of(self.wanted.batch, self.launch.wave), self.house.clock.now()
                )

    def _taken(self) -> list[str]:
        table = registry.read(self.house.settings, self.house.machine)
        return [row.domain for row in table.rows if row.domain in self.rows and row.status != self.letter]

    def _give_back(self) -> None:
        for name in self.leases:
            leases.give_back(self.house, name)

    def _told(self, ran: ToolRun) -> str:
        """What was started; of a tool that has not returned, where it goes on."""
        if ran.outcome.state != "running":
            return f"{ran.launched.argv[0]} {ran.outcome}{_said(ran)}"
        tool = ran.launched.tool
        process = f"process {tool.pid}" if tool else "a process that is not known"
        seconds = self.house.settings.limits.tool_seconds
        return (
            f"{ran.launched.argv[0]} was started as {process} and has not returned within {seconds:g} s; it goes on,"
            f" and its output is in {ran.launched.log}{_said(ran)}"
        )

    def _unseen(self) -> str:
        ran = self._ran
        minutes = leases.LAUNCH.total_seconds() / 60
        if ran is None:
            return f"No agent was seen within {minutes:.0f} minutes."
        outcome = launch_records.outcome(ran.launched)
        now = ToolRun(ran.launched, outcome, last_lines(ran.launched))
        return (
            f"The tool was called, and no agent was seen within {minutes:.0f} minutes; {ran.launched.argv[0]}"
            f" {outcome}{_said(now)}. Look at “batch logs host”."
        )


def naming_the_rest(part: Relaunch, rest: Sequence[Relaunch], act: Act) -> Act:
    """The same, and where it fails it says which launches were not begun."""

    def named() -> str | None:
        try:
            return act()
        except OpsError as error:
            left = [*([] if part.begun else [part]), *rest]
            if not left:
                raise
            raise OperationFailed(f"{error.sentence} Not begun: {_names(left)}.") from None

    return named


def _names(parts: Sequence[Relaunch]) -> str:
    return ", ".join(part.launch.name for part in parts)


def _identity(agent: Agent) -> tuple[int, int]:
    return agent.pid, agent.started_ticks


def _said(ran: ToolRun) -> str:
    """What the tool printed last, in one line; not yet redacted."""
    lines = [line.strip() for line in ran.last_lines if line.strip()]
    return f": {' / '.join(lines[-SHOWN:])}" if lines else ""
