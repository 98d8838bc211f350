"""`redeploy`: relaunch the unfinished sites of a wave that have no agent, sites by name, or a batch wave by wave."""

from collections.abc import Iterator

from commands.ops.disk import disk
from commands.ops.edits.statuses import row_text
from commands.ops.house import House
from commands.ops.launches import preflight
from commands.ops.launches.preflight import Memory
from commands.ops.launches.relaunch import Launch, Wanted, argv, starts_from, wanted_of
from commands.ops.launches.rows import Chosen, choose
from commands.ops.operation import Args, Operation, Step, Target, Tier
from commands.ops.operations.redeploy_steps import Relaunch, naming_the_rest
from commands.ops.registry import registry
from commands.ops.registry.rows import Row
from commands.ops.waves import occupancy
from commands.ops.waves.occupancy import Occupancy


def look(house: House, args: Args) -> tuple[Target, ...]:
    """Every unfinished site without an agent, bound to its row's text, and every call of the tool, bound to its words.

    Raises:
        Refusal: launches are on hold, the disk is full, another launch keeps the wave, or agents are on these sites.
        WrongUsage: there is no such wave or site.
        NotReadable: the host cannot be read.
    """
    wanted = wanted_of(args)
    table = registry.read(house.settings, house.machine)
    if wanted.task == "implement":
        preflight.first_launch(house, table, wanted.batch)
    agents = occupancy.look(house, table, wanted.batch)
    room = preflight.memory(house, agents.living)
    targets: list[Target] = []
    for launch in wanted.launches:
        chosen = choose(house, table, wanted, launch, agents)
        if chosen.rows:
            targets += [_site(house, wanted, row, chosen) for row in chosen.rows]
            targets.append(
                _launch(house, wanted, launch, chosen, _about(house, launch, chosen, agents, room))
            )
    preflight.check(house, wanted, locks(args, tuple(targets)))
    return tuple(targets)


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """For each launch: put back what was in progress, launch, see the agents, and before the next one wait."""
    wanted = wanted_of(args)
    parts = [part for part in _parts(house, wanted, targets) if part.rows]
    for place, part in enumerate(parts):
        rest = parts[place + 1 :]
        title = f"{part.launch.name}: " if len(parts) > 1 else ""
        if part.back:
            words = f"{title}put {len(part.back)} sites back to {part.word}"
            yield Step(words, naming_the_rest(part, rest, part.put_back))
        yield Step(f"{title}launch", naming_the_rest(part, rest, part.start))
        yield Step(f"{title}see its agents", naming_the_rest(part, rest, part.see), abortable=False)
        if rest:
            wait = part.until_healthy(rest[0])
            yield Step(f"{title}wait until it is healthy", naming_the_rest(part, rest, wait))


def locks(args: Args, targets: tuple[Target, ...]) -> tuple[str, ...]:
    """The waves that are launched, and those whose sites are touched, however they were named."""
    wanted = wanted_of(args)
    launched = [launch.wave for launch in wanted.launches if launch.wave is not None]
    touched = [target.about["wave"] for target in targets if target.key.startswith("site ")]
    return tuple(dict.fromkeys(_lock(wanted.batch, wave) for wave in (*launched, *touched)))


def _lock(batch: str, wave: int | None) -> str:
    return f"sites of {batch}" if wave is None else f"wave {batch}/{wave}"


def _raised(args: Args) -> Tier:
    """Work that is done twice, and may be done against each other, is hard to take back."""
    return "second" if args["insist"] else "confirm"


REDEPLOY = Operation(
    "redeploy",
    "confirm",
    look,
    locks,
    steps,
    follow_up=lambda house, plan: (house.settings.waves.follow_up_seconds, f"batch followup {plan}"),
    raised=_raised,
)


def _site(house: House, wanted: Wanted, row: Row, chosen: Chosen) -> Target:
    first, *others = starts_from(house.settings.ladder, wanted.task)
    about = {
        "now": row.status,
        "becomes": first,
        "reset": row.status in others,
        "line": row.line,
        "wave": row.wave,
        "twice": row.domain in chosen.twice,
    }
    return Target(f"site {row.domain}", {"row": row_text(row)}, about)


def _launch(house: House, wanted: Wanted, launch: Launch, chosen: Chosen, about: dict[str, object]) -> Target:
    """The words of the call; those of sites by name are the ones asked for, of which the run may leave some out."""
    words = list(argv(house.settings.tools, wanted, launch))
    return Target(f"launch {launch.name}", {"argv": words}, {**about, "sites": len(chosen.rows)})


def _about(
    house: House, launch: Launch, chosen: Chosen, agents: Occupancy, room: Memory
) -> dict[str, object]:
    """The figures of the preflight, which may change until the run."""
    wave = agents.wave(launch.wave) if launch.wave is not None else None
    usual = preflight.size(house, len(chosen.rows), room, wave)
    space = disk.read(house.settings, house.machine)
    return {
        "wave": launch.wave,
        "agents": launch.agents,
        "kept": len(chosen.kept),
        "living": len(agents.living),
        "why_fewer": usual.why if launch.agents <= usual.agents else "",
        "killed": preflight.killed(wave) if wave else "",
        "room": room.room(),
        "agent_bytes": room.each,
        "agent_bytes_from": room.source,
        "memory_free": room.free,
        "disk_free": space.free_bytes,
        "disk_level": space.level,
        "undesigned": wave.sites - wave.done - wave.to_do if wave else 0,
    }


def _parts(house: House, wanted: Wanted, targets: tuple[Target, ...]) -> Iterator[Relaunch]:
    """Each launch with the rows that are left for it."""
    sites = [target for target in targets if target.key.startswith("site ")]
    for launch in wanted.launches:
        ours = [one for one in sites if launch.wave in (None, one.about["wave"])]
        rows = {_name(one): str(one.identity["row"]) for one in ours}
        back = [_name(one) for one in ours if one.about["reset"]]
        names = tuple(dict.fromkeys(_lock(wanted.batch, one.about["wave"]) for one in ours))
        yield Relaunch(house, wanted, launch, rows, back, names)


def _name(target: Target) -> str:
    return target.key.removeprefix("site ")
