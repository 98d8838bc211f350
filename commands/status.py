"""`batch status`: where a batch stands, verdict first."""

from commands.line import Asked, batch_option, line
from commands.ops import overview
from commands.ops.host_settings import Ladder
from commands.ops.overview import Overview
from commands.ops.waves.meant import subject_of
from commands.reply import (
    Facts,
    Part,
    Proposal,
    Reply,
    Size,
    Span,
    Table,
    Text,
    Value,
    When,
    outcome_of,
    without_empty_columns,
)
from commands.wording.figures import listed, size, span
from commands.wording.rates import rate, rate_figure
from commands.wording.status import Verdict, judge
from commands.wording.status_incidents import known_trouble

NAMED = 20
WAVES = 3  # that are offered to be looked at


@line(
    "batch status",
    summary="Where a batch stands: sites by status, agents, disk, load, and what could not be read.",
    examples=("batch status", "batch status --batch 001"),
)
@batch_option
def status(asked: Asked, batch: str | None) -> Reply:
    """Counts by status against the expected set, agents, disk, load."""
    seen = overview.look(asked.house, batch)
    ladder = asked.house.settings.ladder
    verdict = judge(seen, ladder)
    known = known_trouble(asked.house)
    return Reply(
        outcome=outcome_of(verdict.severity),
        headline=verdict.headline,
        severity=verdict.severity,
        facts={**_facts(seen), **known.facts},
        parts=(*_summary(seen, verdict, ladder), *known.parts, *_evidence(seen, ladder)),
        proposals=(*_proposals(seen, ladder), *known.proposals),
        problems=seen.problems,
        subject=f"batch status --batch {seen.batch}",
    )


def _facts(seen: Overview) -> dict[str, object]:
    oldest = max((agent.age_seconds for agent in seen.own_agents), default=None)
    return {
        "batch": seen.batch,
        "counts": dict(seen.counts),
        "total": seen.total,
        "expected": _expected(seen),
        "missing": list(seen.missing),
        "unexpected": sorted(seen.unexpected),
        "agents": len(seen.own_agents) if seen.seen else None,
        "agents_oldest_seconds": oldest,
        "agents_cpu_percent": sum(agent.cpu_percent for agent in seen.own_agents) if seen.seen else None,
        "agents_rss_bytes": sum(agent.rss_bytes for agent in seen.own_agents) if seen.seen else None,
        "rate_per_minute": seen.rates.now,
        "rate_5min_ago": seen.rates.before,
        "rate_median": seen.rates.usual,
        "rate_span_seconds": seen.rates.span_seconds,
        "disk_free_bytes": seen.disk.free_bytes,
        "disk_level": seen.disk.level,
        "load_1min": seen.load.one_minute if seen.load else None,
        "memory_available_bytes": seen.load.memory_available_bytes if seen.load else None,
        "hold": seen.hold is not None,
    }


def _expected(seen: Overview) -> int | None:
    return len(seen.expected.sites) if seen.expected and seen.expected.source != "unknown" else None


def _summary(seen: Overview, verdict: Verdict, ladder: Ladder) -> list[Part]:
    done = seen.counts[ladder.implemented] + seen.counts[ladder.finalized]
    expected = _expected(seen)
    figures: list[tuple[str, Value]] = [
        ("Sites", f"{seen.total:,} of {expected:,} expected" if expected is not None else seen.total),
        ("Implemented", f"{done:,} of {seen.total:,}"),
        ("In progress", seen.counts[ladder.in_progress]),
        ("Agents", _agents_in_short(seen)),
        ("Rate", rate_figure(seen.rates)),
        ("Disk free", Size(seen.disk.free_bytes) if seen.disk.free_bytes is not None else None),
        ("Load, 1 min", f"{seen.load.one_minute:.1f} on {seen.load.cpus} CPUs" if seen.load else None),
    ]
    also = [Text("\n".join(f"• {sentence}" for sentence in verdict.also))] if verdict.also else []
    return [*also, Facts(tuple(figures))]


def _agents_in_short(seen: Overview) -> Value:
    """`25, oldest 4 min, 12 % CPU, 262 MiB`; a share of 100 % is one CPU."""
    agents = seen.own_agents
    if not seen.seen or not agents:
        return 0 if seen.seen else None
    cpu = sum(agent.cpu_percent for agent in agents)
    memory = sum(agent.rss_bytes for agent in agents)
    return f"{len(agents)}, oldest {span(agents[0].age_seconds)}, {cpu:.0f} % CPU, {size(memory)}"


def _evidence(seen: Overview, ladder: Ladder) -> list[Part]:
    parts: list[Part] = [_by_status(seen, ladder)]
    if seen.own_agents:
        parts.append(_agents(seen))
    parts.append(_machine(seen))
    named = (
        ("Missing sites", seen.missing),
        ("Unexpected sites", seen.unexpected),
        ("Doubled sites", seen.doubled),
    )
    parts += [
        Text(f"{title}: {listed(sorted(sites), NAMED)}.", evidence=True) for title, sites in named if sites
    ]
    return parts


def _by_status(seen: Overview, ladder: Ladder) -> Table:
    words = dict(ladder.steps)
    rows = tuple(
        (
            letter,
            words.get(letter, "unknown status" if letter else "no status"),
            number,
            round(100 * number / max(seen.total, 1)),
        )
        for letter, number in seen.counts.items()
    )
    return Table(("Status", "Meaning", "Sites", "Share, %"), rows, f"Batch {seen.batch} by status")


def _agents(seen: Overview) -> Table:
    rows = tuple(
        (
            str(agent.pid),
            "" if agent.wave is None else str(agent.wave),
            agent.site or "",
            Span(agent.age_seconds),
            round(agent.cpu_percent),
            Size(agent.rss_bytes),
        )
        for agent in seen.own_agents
    )
    columns = ("PID", "Wave", "Site", "Age", "CPU since start, %", "Memory")
    return without_empty_columns(Table(columns, rows, "Agents, oldest first"))


def _machine(seen: Overview) -> Facts:
    load, level = seen.load, seen.disk.level
    items: list[tuple[str, Value]] = [
        ("Disk level", level),
        (
            "Load, 1, 5 and 15 min",
            f"{load.one_minute:.1f}, {load.five_minutes:.1f}, {load.fifteen_minutes:.1f}" if load else None,
        ),
        ("Memory available", Size(load.memory_available_bytes) if load else None),
        ("Launches", "on hold" if seen.hold else "allowed"),
        ("Look-alikes, not counted", len(seen.seen.look_alikes) if seen.seen else None),
        ("Rate, 5 minutes ago", rate(seen.rates.before)),
    ]
    if seen.hold:
        items.append(("On hold since", When(seen.hold.since)))
    return Facts(tuple(items), "Host", evidence=True)


def _proposals(seen: Overview, ladder: Ladder) -> tuple[Proposal, ...]:
    """Whatever looks closer at what was found, then another look."""
    space = (Proposal("Diagnose the disk", "batch disk"),) if seen.disk.level not in (None, "normal") else ()
    registry = (Proposal("Check the registry", "dedupe"),) if seen.doubled or seen.missing else ()
    waves = tuple(
        Proposal(f"Diagnose wave {wave}", subject_of(seen.batch, wave)) for wave in seen.waves[:WAVES]
    )
    line = f"batch sites --batch {seen.batch} --status {ladder.in_progress}"
    sites = (Proposal("List sites in progress", line),) if seen.counts[ladder.in_progress] else ()
    return (*space, *registry, *waves, Proposal("Look again", f"batch status --batch {seen.batch}"), *sites)
