"""A wave that was just launched, watched until it is healthy and the next one has room."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from commands.ops.errors import OperationFailed
from commands.ops.house import House
from commands.ops.launches import preflight
from commands.ops.launches.relaunch import Launch
from commands.ops.registry import registry
from commands.ops.waves import occupancy, waves
from commands.ops.waves.diagnosis import WaveDiagnosis

SHOWN = 3  # sites by name


@dataclass(slots=True)
class Health:
    """Waits for a wave. Healthy: none of its unfinished sites is without an agent, and the next wave has room."""

    house: House
    batch: str
    launch: Launch
    following: Launch
    _until: datetime | None = None
    _ill_since: datetime | None = None

    def look(self) -> str | None:
        """One look.

        Raises:
            OperationFailed: it has crashed, or it took too long.
        """
        house = self.house
        now, limits = house.clock.now(), house.settings.waves
        self._until = self._until or now + timedelta(seconds=limits.next_seconds)
        found = waves.diagnose(house, self.batch, str(self.launch.wave))
        ill = _ill(found)
        self._ill_since = (self._ill_since or now) if ill else None
        if self._ill_since and now - self._ill_since >= timedelta(seconds=limits.settle_seconds):
            raise OperationFailed(f"{self.launch.name.capitalize()} is not healthy: {ill}.")
        waiting = ill or self._waits(found)
        if not waiting:
            return f"{found.done} of {found.sites} sites are implemented, {len(found.agents or ())} agents at work"
        if now >= self._until:
            raise OperationFailed(
                f"{self.launch.name.capitalize()} kept the next one waiting too long: {waiting}."
            )
        return None

    def _waits(self, found: WaveDiagnosis) -> str:
        """What the next wave has to wait for; empty if nothing."""
        house = self.house
        ladder = house.settings.ladder
        if waiting := found.counts.get(ladder.designed, 0):
            return f"{waiting} of its sites wait for an agent"
        batch = occupancy.look(house, registry.read(house.settings, house.machine), self.batch)
        most, wanted = house.settings.agents.most, self.following.agents
        if len(batch.living) + wanted > most:
            return f"{len(batch.living)} agents live, and with {wanted} more they were over {most}"
        room = preflight.memory(house, batch.living).room()
        if batch.living and room is not None and room < wanted:
            return f"there is memory for {room} more agents, and {wanted} are wanted"
        return ""


def _ill(found: WaveDiagnosis) -> str:
    """What is wrong with a wave that was just launched; empty if nothing."""
    if not found.to_do or found.agents is None:
        return ""
    if not found.agents and not found.unplaced:
        return f"no agent is left, {found.to_do} sites are to do"
    lost = found.without_agent or ()
    if lost:
        more = f" and {len(lost) - SHOWN} more" if len(lost) > SHOWN else ""
        return f"{', '.join(lost[:SHOWN])}{more} in progress without an agent"
    return f"{found.lost} sites are in progress without an agent" if found.lost else ""
