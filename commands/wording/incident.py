"""An incident as a Reply: how it stands, its timeline, and what one may do next."""

from datetime import datetime

from commands.ops.house import House
from commands.ops.incidents.escalations import Escalation
from commands.ops.incidents.incidents import Incident
from commands.ops.incidents.timeline import Entry
from commands.reply import Facts, Proposal, Reply, Severity, Span, Table, Value, When
from commands.wording.escalation import standing
from commands.wording.figures import span

NOBODY = "nobody yet"


def incident_reply(
    incident: Incident, entries: tuple[Entry, ...], escalation: Escalation | None = None
) -> Reply:
    """How it stands; with its escalation, if it has one that is not resolved."""
    return Reply(
        "trouble" if incident.is_open else "fine",
        headline(incident),
        severity(incident),
        facts={**facts(incident, entries), "escalation": escalation.id if escalation else None},
        parts=(Facts((*_figures(incident), *_escalated(escalation))), _timeline(entries)),
        proposals=_proposals(incident, escalation),
        subject=incident.line,
        incident=incident.id,
    )


def headline(incident: Incident) -> str:
    """`Incident I-7K2Q, wave 5 of batch 001, is open: Wave 5 has crashed….`."""
    name = f"Incident {incident.id}, {incident.resource},"
    if incident.closed_at:
        lasted = span((incident.closed_at - incident.opened_at).total_seconds())
        return f"{name} is closed after {lasted}: {incident.cause}"
    if incident.clear_at:
        return f"{name} is open, and its trouble is no longer found: close it, with its cause."
    return f"{name} is open: {incident.what}"


def severity(incident: Incident) -> Severity:
    """That of the diagnosis that opened it, until its trouble is gone."""
    if incident.closed_at:
        return "ok"
    if incident.clear_at:
        return "info"
    return "critical" if incident.severity == "critical" else "warning"


def owner(incident: Incident) -> str:
    """Who has it in hand."""
    return incident.owner.name if incident.owner else NOBODY


def facts(incident: Incident, entries: tuple[Entry, ...]) -> dict[str, object]:
    """For scripts."""
    return {
        "incident": incident.id,
        "state": "open" if incident.is_open else "closed",
        "resource": incident.resource,
        "owner": incident.owner.name if incident.owner else None,
        "opened_at": incident.opened_at.isoformat(),
        "opened_by": incident.opened_by.name,
        "clear_at": _iso(incident.clear_at),
        "closed_at": _iso(incident.closed_at),
        "cause": incident.cause or None,
        "timeline": [
            {
                "at": entry.at.isoformat(),
                "kind": entry.kind,
                "who": entry.who.name if entry.who else None,
                "text": entry.text,
                "link": entry.link or None,
            }
            for entry in entries
        ],
    }


def kept(house: House, typed: str) -> str:
    """What somebody typed, as it is written down: without secrets, and without what is no character."""
    return house.redactor.clean(typed.encode(errors="backslashreplace").decode())


def said(entry: Entry) -> str:
    """What an entry says, where its kind alone does not."""
    return f"handed to {entry.text}" if entry.kind == "handed" else entry.text


def _figures(incident: Incident) -> tuple[tuple[str, Value], ...]:
    figures: list[tuple[str, Value]] = [
        ("About", incident.resource),
        ("In hand of", owner(incident)),
        ("Opened by", incident.opened_by.name),
        ("Opened", When(incident.opened_at)),
    ]
    if incident.clear_at:
        figures.append(("No trouble since", When(incident.clear_at)))
    if incident.closed_at and incident.closed_by:
        lasted = (incident.closed_at - incident.opened_at).total_seconds()
        figures += [
            ("Closed by", incident.closed_by.name),
            ("Closed", When(incident.closed_at)),
            ("Lasted", Span(lasted)),
        ]
    return tuple(figures)


def _timeline(entries: tuple[Entry, ...]) -> Table:
    rows = tuple(
        (When(entry.at), entry.kind, entry.who.name if entry.who else "", said(entry)) for entry in entries
    )
    return Table(("When", "What", "Who", "Particulars"), rows, "Timeline")


def _escalated(escalation: Escalation | None) -> tuple[tuple[str, Value], ...]:
    return (("Escalated", f"{escalation.id}: {standing(escalation)}"),) if escalation else ()


def escalate(incident: str) -> Proposal:
    """The button that hands it over to the people on call."""
    return Proposal("Escalate", f"escalate {incident}", asks=True)


def _proposals(incident: Incident, escalation: Escalation | None) -> tuple[Proposal, ...]:
    if not incident.is_open:
        return ()
    onward = Proposal("Show escalation", escalation.line) if escalation else escalate(incident.id)
    look = (Proposal("Diagnose again", incident.subject),) if incident.subject else ()
    return (
        *look,
        Proposal("Take over", f"batch incident hand {incident.id} me"),
        Proposal("Add note", f"batch note {incident.id}", asks=True),
        onward,
        Proposal("Close incident", f"batch incident close {incident.id}", asks=True),
    )


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
