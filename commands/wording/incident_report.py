"""The report of an incident in Markdown: how long it took, who did what, and what could be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from commands.ops.attachments.attachment import Attachment, named
from commands.ops.house import House
from commands.ops.incidents import incidents, timeline
from commands.ops.incidents.incidents import Incident
from commands.ops.incidents.timeline import Entry
from commands.ops.plans import plans, way_back
from commands.ops.plans.plans import Plan
from commands.ops.texts import wording
from commands.ops.texts.wording import Worded
from commands.wording.figures import span
from commands.wording.incident import said

TEMPLATE = "incident_report.md.j2"


def report(house: House, incident_id: str) -> Worded:
    """The report as it stands now.

    Raises:
        WrongUsage: there is no such incident.
    """
    connection = house.journal.connection()
    incident = incidents.get(connection, incident_id)
    entries = timeline.of_incident(connection, incident.id)
    return wording.worded(house, TEMPLATE, _values(house, incident, entries), (incident.id,))


def attached(house: House, incident: Incident) -> tuple[Attachment, str]:
    """The report as a file, without secrets; and what is to be said of its template, if anything."""
    made = report(house, incident.id)
    name = named(incident.closed_at or house.clock.now(), f"{incident.id} {incident.resource}", "report.md")
    text = f"{house.redactor.clean(made.text).rstrip()}\n"
    return Attachment(name, f"Report of incident {incident.id}", text), made.problem


def _values(house: House, incident: Incident, entries: Sequence[Entry]) -> Mapping[str, object]:
    until = incident.closed_at or house.clock.now()
    return {
        "incident": asdict(incident),
        "entries": [{**asdict(entry), "particulars": said(entry)} for entry in entries],
        "plans": [_plan(house, plan) for plan in _plans(house, entries)],
        "people": list(dict.fromkeys(entry.who.name for entry in entries if entry.who)),
        "open_for": _lasted(incident, until),
        "clear_after": _lasted(incident, incident.clear_at) if incident.clear_at else None,
    }


def _plans(house: House, entries: Sequence[Entry]) -> list[Plan]:
    """Those on its timeline, in the order in which they came up."""
    connection = house.journal.connection()
    links = dict.fromkeys(entry.link for entry in entries if entry.kind in ("plan", "decision", "run"))
    return [plans.get(connection, link.rpartition(" ")[2]) for link in links]


def _plan(house: House, plan: Plan) -> Mapping[str, object]:
    return {
        "id": plan.id,
        "state": plan.state,
        "line": plan.line,
        "asked_by": asdict(plan.asked_by),
        "asked_at": plan.asked_at,
        "undo": _undo(house, plan),
    }


def _undo(house: House, plan: Plan) -> str:
    if plan.state not in ("done", "failed", "aborted"):
        return "nothing to undo" if plan.state not in ("running", "unknown") else "not known how it ended"
    back = way_back.of_plan(house.journal.connection(), plan)
    return f"can be undone: batch undo {plan.id}" if back else "has no way back"


def _lasted(incident: Incident, until: datetime) -> str:
    return span((until - incident.opened_at).total_seconds())
