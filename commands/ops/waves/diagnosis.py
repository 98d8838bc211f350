"""What the diagnosis of a wave found."""

from collections.abc import Mapping
from dataclasses import dataclass

from commands.ops.agents.agents import Agent
from commands.ops.history.rates import Rates
from commands.ops.machine.launches.launch_records import Launched, Outcome
from commands.ops.machine.logs.kernel_log import OomKill
from commands.ops.waves.log import WaveLog
from commands.ops.waves.verdict import Verdict


@dataclass(frozen=True, slots=True)
class SiteInWork:
    """A site in progress. age_seconds: how long, None where nobody knows; agent: the pid of the one at work on it.

    overdue: longer than it should take.
    """

    site: str
    age_seconds: float | None
    source: str | None
    agent: int | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class WaveDiagnosis:
    """What one look at a wave found.

    counts: its sites by letter; done: those implemented or further; to_do: those that agents could work on now.
    agents: those at work on it, None where they cannot be read; batch_agents: all of
    the batch. expected: how many should be at work. launched: how many were started, None where nobody knows.
    in_progress: the longest first. without_agent: sites in progress that surely have none; None where it cannot be
    told which. contradicted: those to do whose rows contradict each other. lost: how many of those in progress have none. slowed: its rate has
    fallen far below its median while most of it is still to do. usual_seconds: how long a site takes; from the wave's
    own median where `usual_known`. tool: our last launch of the wave, and how its tool ended. oom_kills: None where the
    kernel's log may not be read.
    """

    batch: str
    wave: int
    verdict: Verdict
    counts: Mapping[str, int]
    done: int
    to_do: int
    agents: tuple[Agent, ...] | None
    unplaced: tuple[Agent, ...]
    expected: int
    launched: int | None
    in_progress: tuple[SiteInWork, ...]
    without_agent: tuple[str, ...] | None
    contradicted: tuple[str, ...]
    lost: int
    rates: Rates
    slowed: bool
    usual_seconds: float
    usual_known: bool
    overdue_seconds: float
    log: WaveLog
    tool: tuple[Launched, Outcome] | None
    oom_kills: tuple[OomKill, ...] | None
    batch_counts: Mapping[str, int]
    batch_agents: int | None
    problems: tuple[str, ...]

    @property
    def sites(self) -> int:
        """How many sites the wave has."""
        return sum(self.counts.values())
