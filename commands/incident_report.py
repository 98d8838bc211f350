"""The report of an incident in Markdown: how long it took, who did what, and what could be undone."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from commands.incident_words import said
from commands.ops import incidents, plans, timeline, way_back
from commands.ops.house import House
from commands.ops.incidents import Incident
from commands.ops.plans import Plan
from commands.ops.timeline import Entry
from commands.wording import span

TEMPLATES = Path(__file__).parent / "templates"
NAME = "incident_report.md.j2"
_MARKUP = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>|#"})


def report(house: House, incident_id: str) -> str:
    """The report as it stands now.

    Raises:
        WrongUsage: there is no such incident.
    """
    connection = house.journal.connection()
    incident = incidents.get(connection, incident_id)
    entries = timeline.of_incident(connection, incident.id)
    touched = _plans(house, entries)
    return _worded(
        incident=incident,
        entries=entries,
        plans=touched,
        undo={plan.id: _undo(house, plan) for plan in touched},
        people=list(dict.fromkeys(entry.who.name for entry in entries if entry.who)),
        seconds_open=_seconds(incident, incident.closed_at or house.clock.now()),
        seconds_to_clear=_seconds(incident, incident.clear_at) if incident.clear_at else 0.0,
    )


def _plans(house: House, entries: Sequence[Entry]) -> list[Plan]:
    """Those on its timeline, in the order in which they came up."""
    connection = house.journal.connection()
    links = dict.fromkeys(entry.link for entry in entries if entry.kind in ("plan", "decision", "run"))
    return [plans.get(connection, link.rpartition(" ")[2]) for link in links]


def _undo(house: House, plan: Plan) -> str:
    if plan.state not in ("done", "failed", "aborted"):
        return "nothing to undo" if plan.state not in ("running", "unknown") else "not known how it ended"
    back = way_back.of_plan(house.journal.connection(), plan)
    return f"can be undone: batch undo {plan.id}" if back else "has no way back"


def _seconds(incident: Incident, until: datetime) -> float:
    return (until - incident.opened_at).total_seconds()


def _worded(**values: object) -> str:
    """By the template; jinja2 is loaded where a report is asked for, and nowhere else."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(  # noqa: S701 - Markdown: `inline` takes its markup out
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"moment": _moment, "span": span, "inline": _inline, "said": said}
    return environment.get_template(NAME).render(values)


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def _inline(text: str) -> str:
    """On one line, and no markup: it may be what a log said."""
    return " ".join(text.split()).translate(_MARKUP)
