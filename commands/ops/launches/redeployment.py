"""From what is asked of a redeploy to its args: which launches, with how many agents each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from commands.ops.errors import WrongUsage
from commands.ops.host_settings import Tools
from commands.ops.house import House
from commands.ops.launches import preflight
from commands.ops.launches.launching import asks_for
from commands.ops.launches.relaunch import Launch, Task, Wanted, starts_from
from commands.ops.launches.rows import choose
from commands.ops.operation import Args
from commands.ops.registry.registry import Registry
from commands.ops.registry.sites import existing, select
from commands.ops.waves import meant, occupancy
from commands.ops.waves.diagnosis import WaveDiagnosis
from commands.ops.waves.occupancy import Occupancy


@dataclass(frozen=True, slots=True)
class Asking:
    """What the caller said.

    agents: the most for each launch; None: as many as are of use. timeout: seconds that an agent has for a site; None:
    as the settings say.
    """

    batch: str
    task: Task
    agents: int | None
    insist: bool
    timeout: int | None = None


def of_wave(house: House, table: Registry, asking: Asking, wave: int) -> Args:
    """A wave's unfinished sites without an agent.

    Raises:
        WrongUsage: it has none, or so many agents are not allowed.
        OpsError: they may not be launched.
    """
    seen = occupancy.look(house, table, asking.batch)
    found = _waves(house, table, asking, (wave,), seen)
    if not found:
        raise WrongUsage(_nothing(seen.wave(wave)))
    return _wanted(house, asking, found).args()


def of_batch(house: House, table: Registry, asking: Asking) -> Args:
    """Every wave of a batch that has such sites, one after the other.

    Raises:
        OpsError: as `of_wave` does.
    """
    seen = occupancy.look(house, table, asking.batch)
    found = _waves(house, table, asking, meant.existing(table, asking.batch), seen)
    if not found:
        raise WrongUsage(
            f"Batch {asking.batch} has nothing to relaunch: no site is designed, or in progress without an agent."
        )
    return _wanted(house, asking, found).args()


def of_sites(house: House, table: Registry, asking: Asking, sites: tuple[str, ...]) -> Args:
    """Sites by name, all of one batch.

    Raises:
        OpsError: as `of_wave` does.
    """
    _may_set_timeout(house, asking)
    wanted = _wanted(house, asking, ())
    launch = Launch(None, sites, 1)
    wrong = [
        f"{row.domain} is at {row.status}"
        for row in existing(table, asking.batch, sites)
        if row.status not in starts_from(house.settings.ladder, asking.task)
    ]
    if wrong:
        raise WrongUsage(f"{', '.join(wrong)}: {_way(house, asking.task)}")
    seen = occupancy.look(house, table, asking.batch)
    chosen = choose(house, table, wanted, launch, seen)
    return _wanted(house, asking, (_sized(house, asking, launch, len(chosen.rows), seen),)).args()


def batch_of(table: Registry, sites: Sequence[str]) -> str:
    """The one batch of these sites.

    Raises:
        WrongUsage: there is no such site, or they are of several batches.
    """
    batches = sorted({row.batch for row in existing(table, None, sites)})
    if len(batches) != 1:
        raise WrongUsage(f"These sites are of the batches {', '.join(batches)}: ask for one batch at a time.")
    return batches[0]


def _waves(
    house: House, table: Registry, asking: Asking, waves: Sequence[int], seen: Occupancy
) -> tuple[Launch, ...]:
    """A launch for each that has something to relaunch."""
    letters = starts_from(house.settings.ladder, asking.task)
    of_batch = select(table, batch=asking.batch)
    open_waves = {row.wave for row in of_batch if row.status in letters}
    empty = (Launch(wave, (), 1) for wave in waves if wave in open_waves)
    found = ((launch, choose(house, table, _wanted(house, asking, ()), launch, seen)) for launch in empty)
    return tuple(
        _sized(house, asking, launch, len(chosen.rows), seen) for launch, chosen in found if chosen.rows
    )


def _sized(house: House, asking: Asking, launch: Launch, sites: int, seen: Occupancy) -> Launch:
    """With as many agents as were asked for, else as are of use."""
    if asking.agents is not None:
        return replace(launch, agents=asking.agents)
    wave = None if launch.wave is None else seen.wave(launch.wave)
    return replace(
        launch, agents=preflight.size(house, sites, preflight.memory(house, seen.living), wave).agents
    )


def _wanted(house: House, asking: Asking, launches: tuple[Launch, ...]) -> Wanted:
    timeout = asking.timeout or house.settings.agents.timeout_seconds
    return Wanted(asking.batch, asking.task, launches, asking.insist, timeout)


def _may_set_timeout(house: House, asking: Asking) -> None:
    if asking.timeout is not None and not takes_timeout(house.settings.tools):
        raise WrongUsage("The tool takes no time limit: put {timeout} into tools.implement_sites first.")


def takes_timeout(tools: Tools) -> bool:
    """Whether a relaunch of sites can say how long an agent may work on one."""
    return asks_for(tools.implement_sites, "timeout")


def _way(house: House, task: Task) -> str:
    """What can be done about a site with the wrong letter."""
    letters = ", ".join(starts_from(house.settings.ladder, task))
    if task == "design":
        return f"only sites at {letters} are designed anew."
    return f"only sites at {letters} are implemented; “redeploy design” designs one first."


def _nothing(found: WaveDiagnosis) -> str:
    undesigned = found.sites - found.done - found.to_do
    parts = [
        f"{found.done} of {found.sites} sites are implemented",
        *([f"{len(found.in_progress)} are in progress with an agent"] if found.in_progress else []),
        *([f"{undesigned} are not designed yet"] if undesigned else []),
    ]
    return f"Wave {found.wave} has nothing to relaunch: {', '.join(parts)}."
