"""What came of a redeploy: its agents, its sites, its rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from commands.ops.agents import agents
from commands.ops.errors import NotReadable, WrongUsage
from commands.ops.history import rates, transitions
from commands.ops.history.rates import Rates
from commands.ops.house import House
from commands.ops.launches.relaunch import wanted_of
from commands.ops.plans import runs
from commands.ops.plans.plans import Plan
from commands.ops.registry import registry
from commands.ops.registry.registry import Registry

Verdict = Literal["finished", "recovered", "slow", "stopped", "at_work"]


@dataclass(frozen=True, slots=True)
class Recovery:
    """How a redeploy stands.

    verdict: all its sites done; the rate as before; lower; no agent left with work to do; at work, and the rate is
    not known. agents: alive now, None where they cannot be read. done: of its sites, in their order.
    first_done_at: as the watch saw it, None where it saw none. waves: those of its sites.
    """

    verdict: Verdict
    batch: str
    waves: tuple[int, ...]
    began_at: datetime
    agents: int | None
    sites: int
    done: tuple[str, ...]
    in_progress: int
    first_done_at: datetime | None
    rates: Rates


def of_plan(house: House, plan: Plan) -> Recovery:
    """Look at what a plan launched.

    Raises:
        WrongUsage: it launched nothing.
        NotReadable: the registry cannot be read.
    """
    run = runs.of_plan(house.journal.connection(), plan.id)
    if plan.operation != "redeploy" or run is None:
        raise WrongUsage(f"{plan.id} launched nothing: there is nothing to follow.")
    table = registry.read(house.settings, house.machine)
    wanted, skipped = wanted_of(plan.args), set(run.skipped)
    targets = [one for one in plan.targets if one.key.startswith("site ") and one.key not in skipped]
    names = [target.key.removeprefix("site ") for target in targets]
    waves = tuple(sorted({int(one.about["wave"]) for one in targets if one.about["wave"] is not None}))
    status = _statuses(table, names)
    done = tuple(name for name in names if status.get(name) in _ends(house, wanted.task))
    living = _living(house, wanted.batch, waves)
    speed = rates.rates(house, wanted.batch, waves)
    return Recovery(
        verdict=_verdict(house, len(done) == len(names), living, speed),
        batch=wanted.batch,
        waves=waves,
        began_at=run.started_at,
        agents=living,
        sites=len(names),
        done=done,
        in_progress=sum(letter == house.settings.ladder.in_progress for letter in status.values()),
        first_done_at=_first_done(house, done, run.started_at),
        rates=speed,
    )


def _statuses(table: Registry, names: Sequence[str]) -> dict[str, str]:
    sites = table.sites()
    return {name: table.status_of(sites[name]) for name in names if name in sites}


def _ends(house: House, task: str) -> tuple[str, ...]:
    """The letters of a site that is done with."""
    ladder = house.settings.ladder
    done = (ladder.implemented, ladder.finalized)
    return (ladder.designed, ladder.in_progress, *done) if task == "design" else done


def _living(house: House, batch: str, waves: Sequence[int]) -> int | None:
    try:
        seen = agents.read(house.settings, house.machine).agents
    except NotReadable:
        return None
    return sum(one.batch in (None, batch) and one.wave in (None, *waves) for one in seen)


def _first_done(house: House, done: Sequence[str], start: datetime) -> datetime | None:
    connection, ladder = house.journal.connection(), house.settings.ladder
    moments = [
        change.at
        for site in done
        for change in transitions.of_site(connection, site)
        if change.at > start and rates.is_done(change, ladder)
    ]
    return min(moments, default=None)


def _verdict(house: House, finished: object, living: int | None, speed: Rates) -> Verdict:
    if finished:
        return "finished"
    if living == 0:
        return "stopped"
    if speed.now is None or not speed.usual:
        return "at_work"
    return "recovered" if speed.now >= house.settings.waves.slow_share * speed.usual else "slow"
