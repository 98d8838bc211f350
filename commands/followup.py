"""`batch followup ID`: what came of a redeploy: agents, first sites done, rate; asked by itself after a launch."""

import click

from commands.line import Asked, line
from commands.ops.launches import recovery
from commands.ops.launches.recovery import Recovery
from commands.ops.plans import plans
from commands.reply import Facts, Proposal, Reply, Severity, Text, Value, When
from commands.wording.figures import count, listed, span
from commands.wording.rates import rate, rate_figure

SEVERITIES: dict[str, Severity] = {
    "finished": "ok",
    "recovered": "ok",
    "at_work": "info",
    "slow": "warning",
    "stopped": "warning",
}


@line(
    "batch followup",
    summary="What came of a redeploy: its agents, its first sites, its rate.",
    examples=("batch followup P-7K2Q",),
)
@click.argument("plan_id", metavar="ID")
def followup(asked: Asked, plan_id: str) -> Reply:
    """Look at what a plan launched."""
    plan = plans.get(asked.house.journal.connection(), plan_id)
    found = recovery.of_plan(asked.house, plan)
    ago = (asked.house.clock.now() - found.began_at).total_seconds()
    bad = SEVERITIES[found.verdict] == "warning"
    return Reply(
        "trouble" if bad else "fine",
        f"{plan.id}, {span(ago)} after its start: {_verdict(found)}",
        SEVERITIES[found.verdict],
        facts=_facts(plan.id, found),
        parts=(Facts(_figures(found)), *_done(found)),
        proposals=_proposals(found),
    )


def _verdict(found: Recovery) -> str:
    left = found.sites - len(found.done)
    if found.verdict == "finished":
        return f"all {count(found.sites, 'site')} are done."
    if found.verdict == "stopped":
        return f"no agent is left, and {count(left, 'site')} of {found.sites} are to do. Look at the wave."
    at_work = f"{_agents(found)} at work, {len(found.done)} of {count(found.sites, 'site')} done"
    if found.verdict == "at_work":
        return f"{at_work}; whether the rate recovered is not known, nobody measured it."
    how = "the rate has recovered" if found.verdict == "recovered" else "the rate has not recovered"
    return f"{at_work}; {how}: {rate(found.rates.now)}, usually {found.rates.usual:.1f}."


def _agents(found: Recovery) -> str:
    return "an unknown number of agents" if found.agents is None else count(found.agents, "agent")


def _figures(found: Recovery) -> tuple[tuple[str, Value], ...]:
    first = found.first_done_at
    return (
        ("Agents", found.agents),
        ("Done", f"{len(found.done)} of {found.sites}"),
        ("In progress", found.in_progress),
        *((("First site done", When(first)),) if first else ()),
        ("Rate", rate_figure(found.rates)),
    )


def _done(found: Recovery) -> tuple[Text, ...]:
    return (Text(f"Done: {listed(found.done, 25)}.", evidence=True),) if found.done else ()


def _facts(plan: str, found: Recovery) -> dict[str, object]:
    return {
        "plan": plan,
        "verdict": found.verdict,
        "agents": found.agents,
        "sites": found.sites,
        "done": list(found.done),
        "in_progress": found.in_progress,
        "first_done_at": found.first_done_at.isoformat() if found.first_done_at else None,
        "rate_per_minute": found.rates.now,
        "rate_median": found.rates.usual,
    }


def _proposals(found: Recovery) -> tuple[Proposal, ...]:
    """The next look, and the next launch where nothing works."""
    looks = tuple(
        Proposal(f"Look at wave {wave}", f"batch wave {wave} --batch {found.batch}")
        for wave in found.waves[:3]
    )
    if found.verdict != "stopped":
        return looks
    again = tuple(
        Proposal(f"Redeploy wave {wave}", f"redeploy wave {wave} --batch {found.batch}")
        for wave in found.waves[:1]
    )
    return (*again, *looks)
