"""`redeploy`: relaunch the unfinished sites of a wave that have no agent, or sites by name."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from commands.ops import agents, hold, leases, registry, registry_edit, waves
from commands.ops.errors import NotReadable, OperationFailed, Refusal, WrongUsage
from commands.ops.house import House
from commands.ops.launching import Values, fill, run_tool
from commands.ops.operation import Args, Operation, Step, Target
from commands.ops.registry import Registry
from commands.ops.rows import Row
from commands.ops.sites import nearest
from commands.ops.status_edits import Mark, row_text

LOOK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be relaunched: a wave, or sites; in a batch, with so many agents at most."""

    batch: str
    agents: int
    wave: int | None
    sites: tuple[str, ...]

    @property
    def lease(self) -> str:
        """The wave that the launch keeps; sites by name keep their batch's."""
        return f"wave {self.batch}/{self.wave}" if self.wave else f"sites of {self.batch}"


def look(house: House, args: Args) -> tuple[Target, ...]:
    """Every unfinished site without an agent, bound to its row's text.

    Raises:
        Refusal: launches are on hold, another launch keeps the wave, or agents are on these sites.
        WrongUsage: there is no such wave or site.
        NotReadable: the host cannot be read.
    """
    wanted = wanted_of(args)
    _allowed(house, wanted)
    table = registry.read(house.settings, house.machine)
    rows = _wave_rows(house, table, wanted) if wanted.wave else _named_rows(house, table, wanted)
    ladder = house.settings.ladder
    return tuple(
        Target(
            f"site {row.domain}",
            {"row": row_text(row)},
            {"status": row.status, "reset": row.status == ladder.in_progress},
        )
        for row in rows
    )


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """Put back what was in progress, launch, and see the agents."""
    wanted = wanted_of(args)
    back = {_site(target): str(target.identity["row"]) for target in targets if target.about["reset"]}
    if back:
        yield Step(f"put {len(back)} sites back to designed", lambda: _put_back(house, back))
    yield Step("launch", lambda: _launch(house, wanted, tuple(_site(target) for target in targets)))
    yield Step("see its agents", lambda: _see_agents(house, wanted), abortable=False)


def wanted_of(args: Args) -> Wanted:
    """The args as they were stored."""
    return Wanted(str(args["batch"]), int(args["agents"]), args.get("wave"), tuple(args.get("sites") or ()))


REDEPLOY = Operation(
    "redeploy",
    "confirm",
    look,
    lambda args, _targets: (wanted_of(args).lease,),
    steps,
    follow_up=lambda args: (
        (600.0, f"batch wave {args['wave']} --batch {args['batch']}") if args.get("wave") else None
    ),
)


def _allowed(house: House, wanted: Wanted) -> None:
    if held := hold.read(house.settings, house.machine):
        raise Refusal(
            f"Launches are on hold since {held.since:%H:%M} UTC: lift the hold with “batch resume”."
        )
    if lease := leases.held(house, wanted.lease):
        raise Refusal(
            f"A launch keeps {wanted.lease} until its agents are seen, {lease.until:%H:%M} UTC at the latest: wait."
        )
    most = house.settings.agents.most
    if not 1 <= wanted.agents <= most:
        raise WrongUsage(f"A wave can have 1 to {most} agents, not {wanted.agents}.")


def _wave_rows(house: House, table: Registry, wanted: Wanted) -> list[Row]:
    found = waves.diagnose(house, wanted.batch, str(wanted.wave))
    if found.agents is None:
        raise NotReadable(
            "The agents cannot be read, so it is not known which sites have one; nothing can be relaunched."
        )
    if found.unplaced and found.in_progress:
        raise Refusal(
            f"{len(found.unplaced)} agents may be on this wave, and it cannot be told: wait for them, or stop them first."
        )
    if found.without_agent is None:
        raise Refusal(
            f"{len(found.agents)} agents of wave {wanted.wave} live, and it cannot be told on which sites they work:"
            f" wait for them, or end them with “batch stop wave {wanted.wave}”."
        )
    ladder = house.settings.ladder
    alone = dict.fromkeys(found.without_agent, ladder.in_progress)
    chosen = [row for row in table.rows if (row.batch, row.wave) == (wanted.batch, wanted.wave)]
    return [row for row in _single(chosen) if row.status == alone.get(row.domain, ladder.designed)]


def _named_rows(house: House, table: Registry, wanted: Wanted) -> list[Row]:
    rows = {row.domain: row for row in table.rows}
    for site in wanted.sites:
        if site not in rows:
            near = nearest(site, rows)
            raise WrongUsage(f"There is no site {site}" + (f"; did you mean {near[0]}?" if near else "."))
    seen = agents.read(house.settings, house.machine, wanted.sites)
    on = {agent.site for agent in seen.agents if agent.site}
    busy = [site for site in wanted.sites if site in on]
    if busy:
        raise Refusal(f"An agent is at work on {', '.join(busy)}: a second one would build it twice.")
    return _single([row for row in table.rows if row.domain in wanted.sites])


def _single(rows: list[Row]) -> list[Row]:
    """No site twice: which row is meant would be a guess."""
    names = [row.domain for row in rows]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise Refusal(f"{', '.join(doubled)} is in the registry more than once: mend that first.")
    return rows


def _put_back(house: House, rows: Mapping[str, str]) -> str:
    letter = house.settings.ladder.designed
    marks = {site: Mark(row, letter) for site, row in rows.items()}
    edited = registry_edit.set_status(house.settings, house.machine, marks, house.clock.now(), house.clock)
    kept = f"; the registry before it is {edited.backup.path.name}" if edited.backup else ""
    return " ".join([f"{len(edited.applied)} sites are at {letter} again{kept}.", *edited.problems])


def _launch(house: House, wanted: Wanted, sites: tuple[str, ...]) -> str:
    tools = house.settings.tools
    values = Values(wanted.batch, wanted.wave, () if wanted.wave else sites, wanted.agents)
    argv = fill(tools.implement_wave if wanted.wave else tools.implement_sites, values)
    leases.take(house, wanted.lease, "redeploy")
    ran = run_tool(house, argv, {"batch": wanted.batch, "wave": str(wanted.wave or "")})
    if ran.outcome.state != "running" and not ran.outcome.fine:
        leases.give_back(house, wanted.lease)
        raise OperationFailed(f"The tool failed: {ran.sentence}.")
    return ran.sentence


def _see_agents(house: House, wanted: Wanted) -> str:
    """Wait until some are there, for as long as the lease lasts."""
    never = threading.Event()
    while leases.held(house, wanted.lease):
        seen = [
            agent for agent in agents.read(house.settings, house.machine).agents if _is_ours(agent, wanted)
        ]
        if seen:
            leases.give_back(house, wanted.lease)
            return f"{len(seen)} agents are at work"
        house.clock.wait(LOOK_SECONDS, never)
    raise OperationFailed(
        "The tool was called, and no agent was seen within 5 minutes: look at “batch logs host”."
    )


def _is_ours(agent: agents.Agent, wanted: Wanted) -> bool:
    if wanted.wave:
        return agent.batch in (None, wanted.batch) and agent.wave in (None, wanted.wave)
    return agent.batch in (None, wanted.batch)


def _site(target: Target) -> str:
    return target.key.removeprefix("site ")
