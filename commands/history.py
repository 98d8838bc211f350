"""`batch history D`: each change of a site's status, who tells of it, and how long each phase took."""

import click

from commands.line import Asked, line
from commands.ops import domains
from commands.ops.history.sightings import Witness
from commands.ops.sites import history as site_history
from commands.ops.sites.history import History, Phase
from commands.reply import Proposal, Reply, Span, Table, When
from commands.wording.figures import count, span

SHORT = 10  # characters of a commit's id
SHOWN = 3  # witnesses of one phase


@line(
    "batch history",
    summary="Each change of a site's status: when, seen by which commit or by the watch, and how long each phase took.",
    examples=("batch history lotus.dev",),
)
@click.argument("site", metavar="D")
def history(asked: Asked, site: str) -> Reply:
    """From the commits of the registry, the watch's transitions and the runs of plans."""
    found = site_history.read(asked.house, domains.named(site))
    words = dict(asked.house.settings.ladder.steps)
    return Reply(
        "fine",
        _headline(found, words),
        "info",
        facts={
            "site": found.site,
            "status": found.phases[-1].status,
            "history": [_fact(found, place) for place in range(len(found.phases))],
        },
        parts=(_table(found, words),),
        proposals=(Proposal("Show the logs", f"batch logs {found.site}"),),
        problems=found.problems,
    )


def _headline(found: History, words: dict[str, str]) -> str:
    last, changes = found.phases[-1], len(found.phases) - 1
    known = f"{count(changes, 'change')} known" if changes else "no change known"
    since = ", nobody saw since when" if last.unseen else f" for {span(last.seconds)}"
    if not found.present:
        return f"{found.site} is in the registry no more{since}; {known}."
    return f"{found.site} is at {_named(last.status, words)}{since}; {known}."


def _fact(found: History, place: int) -> dict[str, object]:
    phase = found.phases[place]
    return {
        "status": phase.status,
        "before": found.phases[place - 1].status if place else None,
        "at": None if phase.unseen else phase.since.isoformat(),
        "seconds": None if phase.unseen else phase.seconds,
        "seen_by": [{"kind": one.kind, "name": one.name, "who": one.who} for one in phase.witnesses],
    }


def _table(found: History, words: dict[str, str]) -> Table:
    rows = tuple(
        (
            _named(phase.status, words),
            None if phase.unseen else When(phase.since),
            None if phase.unseen else Span(phase.seconds),
            _witnesses(phase),
        )
        for phase in found.phases
    )
    return Table(("Status", "Since", "For", "Seen by"), rows, "Oldest first", evidence=False)


def _named(status: str | None, words: dict[str, str]) -> str:
    if status is None:
        return "not in the registry"
    return f"{status} ({words.get(status, 'unknown status')})" if status else "no status"


def _witnesses(phase: Phase) -> str:
    more = len(phase.witnesses) - SHOWN
    told = [_witness(one) for one in phase.witnesses[:SHOWN]]
    return "; ".join([*told, *([f"{more} more"] if more > 0 else [])])


def _witness(one: Witness) -> str:
    if one.kind == "commit":
        return f"commit {one.name[:SHORT]} by {one.who}: {one.said}"
    if one.kind == "plan":
        return f"{one.name}, asked by {one.who}: {one.said}"
    return "the watch" if one.kind == "watch" else "the registry now, not committed"
