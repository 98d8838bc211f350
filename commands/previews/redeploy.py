"""The preview of a redeploy: in plain words what happens, each site's row, the tool's words, the preflight."""

import shlex
from collections.abc import Sequence
from typing import Any

from commands.ops.launches.relaunch import Wanted, wanted_of
from commands.ops.operation import Args, Target
from commands.reply import Facts, Lines, Part, Proposal, Size, Table, Text, Value, without_empty_columns
from commands.wording.figures import count, listed, size

Targets = tuple[Target, ...]
SOURCES = {
    "living agents": "the median of those that live",
    "earlier agents": "the median of those seen before",
}
SHOWN = 3


def title(args: Args, targets: Targets) -> str:
    """`relaunch wave 5 of batch 001: 22 unfinished sites go back to designed and get up to 22 agents; 3 keep theirs`."""
    wanted, sites = wanted_of(args), _sites(targets)
    kept = sum(int(target.about.get("kept") or 0) for target in _launches(targets))
    twice = [target for target in sites if target.about.get("twice")]
    said = [f"{_what(wanted, targets)}: {_becoming(wanted, sites)}"]
    if kept:
        said.append(f"{kept} {'keeps its agent' if kept == 1 else 'keep theirs'}")
    if twice:
        said.append(f"{count(len(twice), 'site')} with an agent at work may be built twice")
    return "; ".join(said)


def parts(args: Args, targets: Targets) -> tuple[Part, ...]:
    """The preflight and the tool's words in the summary, every row in the thread."""
    wanted, launches = wanted_of(args), _launches(targets)
    return (
        *_warnings(targets),
        Facts(_figures(launches), "Before the launch"),
        Lines(
            tuple(shlex.join(target.identity["argv"]) for target in launches),
            "What is called",
            evidence=False,
        ),
        *([_waves(launches, _sites(targets))] if len(wanted.launches) > 1 else []),
        _rows(_sites(targets)),
    )


def then(plan: str, args: Args, targets: Targets) -> tuple[Proposal, ...]:
    """A look at each wave, and the way back: agents that were launched can be stopped."""
    del plan
    batch = wanted_of(args).batch
    waves = [target.about["wave"] for target in _launches(targets) if target.about["wave"] is not None]
    return tuple(
        Proposal(f"{verb} wave {wave}", f"batch {line} {wave} --batch {batch}")
        for verb, line in (("Look at", "wave"), ("Stop", "stop wave"))
        for wave in waves[:SHOWN]
    )


def _what(wanted: Wanted, targets: Targets) -> str:
    launches = _launches(targets)
    if wanted.task == "design":
        return f"design {_named(wanted)} of batch {wanted.batch} anew"
    if wanted.launches[0].wave is None:
        return f"relaunch {_named(wanted)} of batch {wanted.batch}"
    waves = [str(target.about["wave"]) for target in launches]
    if len(waves) == 1:
        return f"relaunch wave {waves[0]} of batch {wanted.batch}"
    return (
        f"relaunch waves {listed(waves, 25)} of batch {wanted.batch}, each when the one before it is healthy"
    )


def _named(wanted: Wanted) -> str:
    sites = wanted.launches[0].sites
    return listed(sites, SHOWN) if len(sites) <= SHOWN else count(len(sites), "site")


def _becoming(wanted: Wanted, sites: Sequence[Target]) -> str:
    back = sum(bool(target.about["reset"]) for target in sites)
    ready, word = len(sites) - back, "planned" if wanted.task == "design" else "designed"
    most = max(launch.agents for launch in wanted.launches)
    up_to = f"up to {count(most, 'agent')}" if most > 1 else "1 agent"
    agents = f"{up_to}{' a wave' if len(wanted.launches) > 1 else ''}"
    if not back:
        return f"{count(ready, f'{word} site')} {'gets' if ready == 1 else 'get'} {agents}"
    goes = f"{count(back, 'unfinished site')} {'goes' if back == 1 else 'go'} back to {word}"
    if not ready:
        return f"{goes} and {'gets' if back == 1 else 'get'} {agents}"
    return f"{goes}, and with {count(ready, f'{word} site')} they get {agents}"


def _figures(launches: Sequence[Target]) -> tuple[tuple[str, Value], ...]:
    """The host's figures are the same for every launch."""
    about = launches[0].about
    agents = max(int(target.about["agents"]) for target in launches)
    each, free = about["agent_bytes"], about["memory_free"]
    memory = (
        "never measured"
        if each is None
        else f"{size(each * agents)} for {count(agents, 'agent')}, {size(each)} each ({SOURCES[about['agent_bytes_from']]})"
    )
    return (
        ("Agents alive in the batch", about["living"]),
        ("Memory they need", memory),
        ("Memory free", None if free is None else Size(free)),
        ("Disk free", None if about["disk_free"] is None else Size(about["disk_free"])),
    )


def _warnings(targets: Targets) -> tuple[Part, ...]:
    launches = _launches(targets)
    twice = [target.key.removeprefix("site ") for target in _sites(targets) if target.about.get("twice")]
    said = [_size(target.about) for target in launches if target.about["why_fewer"] or target.about["killed"]]
    said += [_crowded(target.about) for target in launches[:1] if _is_crowded(target.about)]
    level = launches[0].about["disk_level"]
    if level in ("alert", "warning"):
        said.append(f"The disk is at {level}: {size(launches[0].about['disk_free'])} free.")
    undesigned = sum(int(target.about["undesigned"]) for target in launches)
    if undesigned:
        said.append(
            f"{count(undesigned, 'site')} not designed yet {'is' if undesigned == 1 else 'are'} left as they are."
        )
    if twice:
        said.append(
            f"An agent is, or may be, at work on {listed(twice, 10)}: two agents then write the same files, and either"
            " may set the status while the other still writes."
        )
    return (Text("\n".join(f"• {sentence}" for sentence in said)),) if said else ()


def _size(about: Any) -> str:
    """How many agents a launch gets, and why, where agents were killed or there are fewer than sites."""
    where = f"Wave {about['wave']}" if about["wave"] is not None else "This launch"
    gets = f"{where} gets {count(about['agents'], 'agent')} for {count(about['sites'], 'site')}"
    if about["why_fewer"]:
        return f"{gets}: {about['why_fewer']}."
    room = "" if about["room"] is None else f"; there is memory for {about['room']:,} more"
    return f"{gets}, though {about['killed']}{room}."


def _is_crowded(about: Any) -> bool:
    return about["room"] is not None and about["agents"] > about["room"]


def _crowded(about: Any) -> str:
    return f"There is memory for {count(about['room'], 'agent')}, and {about['agents']} are to be launched."


def _waves(launches: Sequence[Target], sites: Sequence[Target]) -> Table:
    rows = []
    for target in launches:
        ours = [site for site in sites if site.about["wave"] == target.about["wave"]]
        back = sum(bool(site.about["reset"]) for site in ours)
        rows.append(
            (f"{target.about['wave']}", len(ours), back, target.about["agents"], target.about["kept"])
        )
    columns = ("Wave", "Sites", "Put back first", "Agents at most", "Keep their agents")
    return Table(columns, tuple(rows), "Wave by wave", evidence=False)


def _rows(sites: Sequence[Target]) -> Table:
    waves = {target.about["wave"] for target in sites}
    rows = tuple(
        (
            target.key.removeprefix("site "),
            str(target.about["wave"] or "") if len(waves) > 1 else "",
            str(target.about["now"]),
            str(target.about["becomes"]),
            str(target.about["line"]),
            "has an agent" if target.about.get("twice") else "",
        )
        for target in sites
    )
    columns = ("Site", "Wave", "Now", "Becomes", "Registry line", "Note")
    return without_empty_columns(Table(columns, rows, "Exactly these sites"))


def _sites(targets: Targets) -> list[Target]:
    return [target for target in targets if target.key.startswith("site ")]


def _launches(targets: Targets) -> list[Target]:
    return [target for target in targets if target.key.startswith("launch ")]
