"""What an escalation says before anybody has written a word: gathered from the incident, the audit and the host."""

from collections.abc import Callable, Iterator

from commands import attempts_words, health_words, reply_text
from commands.also import also
from commands.escalation_fields import severity_of
from commands.impact_words import impact
from commands.incident_report import report
from commands.line import Asked
from commands.ops import health, incidents, resources
from commands.ops.attachment import Attachment, named
from commands.ops.incidents import Incident
from commands.reply import Reply
from commands.wording import span

STEPS = 6  # proposals that are recommended
LOOKS = ("Look again", "Diagnose again")


def gather(asked: Asked, incident: Incident | None, issue: str) -> dict[str, str]:
    """All that is known now, by the fields' names.

    Args:
        asked: who asks.
        incident: what it is about; None where it is about no incident.
        issue: what they typed; empty where they typed nothing.
    """
    house = asked.house
    resource = incident.resource if incident else ""
    found = _diagnosis(asked, incident)
    return {
        "issue": issue or (incident.what if incident else ""),
        "impact": impact(house, resource, found),
        "severity": severity_of(found.severity),
        "since": _since(asked, incident),
        "attempts": _attempts(asked, incident),
        "state": reply_text.short(found),
        "health": health_words.in_words(health.look(house)),
        "attachment": "\n".join(f"- {title}" for title, _ in _attachable(asked, incident)),
        "next": _next(found),
    }


def attachments(asked: Asked, incident: Incident | None, wanted: str) -> tuple[Attachment, ...]:
    """The files that go with it: those whose titles stand in the field, as they are now."""
    at, about = asked.house.clock.now(), incident.resource if incident else "host"
    chosen = (one for one in _attachable(asked, incident) if one[0] in wanted)
    return tuple(
        Attachment(named(at, about, f"{title.partition(' of ')[0].lower()}.txt"), title, text())
        for title, text in chosen
    )


def _attachable(asked: Asked, incident: Incident | None) -> Iterator[tuple[str, Callable[[], str]]]:
    """What may go with it: its title, and how it is made."""
    yield "Diagnosis", lambda: reply_text.whole(_diagnosis(asked, incident))
    yield "State of the host", lambda: reply_text.whole(also(asked, "batch status"))
    if incident:
        yield f"Timeline of {incident.id}", lambda: report(asked.house, incident.id)


def _diagnosis(asked: Asked, incident: Incident | None) -> Reply:
    line = incident.subject if incident and incident.subject else ""
    return also(asked, line or resources.diagnosis_of(incident.resource if incident else ""))


def _since(asked: Asked, incident: Incident | None) -> str:
    if incident is None:
        return ""
    lasted = span((asked.house.clock.now() - incident.opened_at).total_seconds())
    return f"{lasted}, since {incident.opened_at:%Y-%m-%d %H:%M} UTC ({incident.id} was opened)"


def _attempts(asked: Asked, incident: Incident | None) -> str:
    connection = asked.house.journal.connection()
    if incident is None:
        return attempts_words.lately(connection, asked.house.clock.now())
    return attempts_words.of_incident(connection, incidents.get(connection, incident.id))


def _next(found: Reply) -> str:
    offered = [one for one in found.proposals if one.label not in LOOKS][:STEPS]
    return "\n".join(f"- {one.label}: {one.line}" for one in offered)
