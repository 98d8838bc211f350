"""Which sites have an agent, which surely have none, and of which it cannot be told."""

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Literal

from commands.ops.agents import agents
from commands.ops.agents.agents import Agent
from commands.ops.house import House
from commands.ops.registry.registry import Registry
from commands.ops.registry.rows import Row
from commands.ops.waves import waves
from commands.ops.waves.diagnosis import WaveDiagnosis

Standing = Literal["free", "busy", "unclear"]


@dataclass(slots=True)
class Occupancy:
    """One look at the agents of a batch; each wave that is asked for is diagnosed once."""

    house: House
    batch: str
    living: tuple[Agent, ...]
    sites: Container[str]
    _waves: dict[int, WaveDiagnosis] = field(default_factory=dict)

    def of(self, row: Row) -> Standing:
        """Whether an agent is at work on this row's site, or was told to work on it."""
        ladder = self.house.settings.ladder
        if row.status == ladder.in_progress and row.wave is not None:
            return self._in_progress(row.domain, self.wave(row.wave))
        if self._is_named(row.domain):
            return "busy"
        if row.status in (ladder.in_progress, ladder.designing) and self._nameless():
            return "unclear"
        return "free"

    def wave(self, number: int) -> WaveDiagnosis:
        """The diagnosis of a wave of the batch."""
        if number not in self._waves:
            self._waves[number] = waves.diagnose(self.house, self.batch, str(number))
        return self._waves[number]

    def _is_named(self, site: str) -> bool:
        """Whether an agent was told to work on this site, alone or among others."""
        return any(site in _parts(agent) for agent in self.living)

    def _nameless(self) -> bool:
        """Whether there are agents that tell neither a wave nor a site: they may be on any."""
        return any(
            agent.wave is None and not any(part in self.sites for part in _parts(agent))
            for agent in self.living
        )

    def _in_progress(self, site: str, found: WaveDiagnosis) -> Standing:
        if found.without_agent is not None:
            return "free" if site in found.without_agent else "busy"
        with_agent = {one.site for one in found.in_progress if one.agent is not None}
        return "busy" if site in with_agent or self._is_named(site) else "unclear"


def look(house: House, table: Registry, batch: str) -> Occupancy:
    """Look at the agents that are, or may be, of this batch.

    Raises:
        NotReadable: the agents cannot be read.
    """
    seen = agents.read(house.settings, house.machine, table.sites())
    own = tuple(agent for agent in seen.agents if agent.batch in (None, batch))
    return Occupancy(house, batch, own, table.sites(batch))


def _parts(agent: Agent) -> set[str]:
    """The parts of an agent's command line that may be names of sites, as in `--sites lotus.dev,fern.dev`."""
    return {part for word in agent.argv[1:] for part in word.split(",")}
