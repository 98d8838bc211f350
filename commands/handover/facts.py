"""What an escalation says before anybody has written a word: gathered from the incident, the audit and the host."""

from collections.abc import Callable, Iterator

from commands.also import also
from commands.handover import gathered
from commands.line import Asked
from commands.ops import health
from commands.ops.attachments.attachment import Attachment
from commands.ops.house import House
from commands.ops.incidents import incidents, resources
from commands.ops.incidents.incidents import Incident
from commands.ops.logs import host_logs
from commands.reply import Reply
from commands.wording import attempts, health as health_words, incident_report, reply_text
from commands.wording.escalation_fields import severity_of
from commands.wording.figures import span
from commands.wording.impact import impact

Made = tuple[tuple[Attachment, ...], tuple[str, ...]]  # files, and what could not be read

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
    titles = (title for title, _ in _attachable(asked, incident))
    return {
        "issue": issue or (incident.what if incident else ""),
        "impact": impact(house, resource, found),
        "severity": severity_of(found.severity),
        "since": _since(asked, incident),
        "attempts": _attempts(asked, incident),
        "state": reply_text.short(found),
        "health": health_words.in_words(health.look(house)),
        "attachment": "\n".join(f"- {title}" for title in titles),
        "next": _next(found),
    }


def attachments(asked: Asked, incident: Incident | None, wanted: str) -> Made:
    """The files that go with it, those whose titles stand in the field, as they are now; what could not be read."""
    made = [make() for title, make in _attachable(asked, incident) if title in wanted]
    files = tuple(file for found, _ in made for file in found)
    return files, tuple(problem for _, problems in made for problem in problems)


def _attachable(asked: Asked, incident: Incident | None) -> Iterator[tuple[str, Callable[[], Made]]]:
    """What may go with it: its title, and how it is made."""
    house, at = asked.house, asked.house.clock.now()
    about = incident.resource if incident else resources.HOST
    yield "Diagnosis", lambda: ((gathered.diagnosis(house, _diagnosis(asked, incident), about, at),), ())
    yield "State of the host", lambda: ((gathered.state_of_host(house, about, at),), ())
    for path in _logs(house, about):
        yield f"Log {path}", lambda path=path: gathered.ends_of_logs(house, (path,), about, at)  # type: ignore[misc]
    if incident:
        yield f"Timeline of {incident.id}", lambda: _timeline(house, incident)


def _timeline(house: House, incident: Incident) -> Made:
    report, problem = incident_report.attached(house, incident)
    return (report,), (problem,) if problem else ()


def _logs(house: House, about: str) -> tuple[str, ...]:
    """The wave's log where it is about a wave, else the host's."""
    wave = resources.wave_of(about)
    return (host_logs.wave_log(house.settings.tree, wave) if wave else house.settings.tree.batch_log,)


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
        return attempts.lately(connection, asked.house.clock.now())
    return attempts.of_incident(connection, incidents.get(connection, incident.id))


def _next(found: Reply) -> str:
    offered = [one for one in found.proposals if one.label not in LOOKS][:STEPS]
    return "\n".join(f"- {one.label}: {one.line}" for one in offered)
