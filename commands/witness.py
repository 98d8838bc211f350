"""What answers mean to incidents: the first diagnosis that finds trouble opens one, later ones go onto its timeline."""

import sqlite3
from dataclasses import replace

from commands.ops.errors import NotReadable
from commands.ops.house import House
from commands.ops.incidents import incidents, mutes, resources
from commands.ops.incidents.incidents import Finding, Incident
from commands.ops.plans import plans
from commands.reply import Ask, Proposal, Reply, Text
from commands.wording.incident import escalate

PLAN = "batch plan "


def witnessed(ask: Ask, house: House, reply: Reply) -> Reply:
    """The reply with the incident it belongs to; a refusal or a wrong line belongs to none.

    What cannot be written keeps nobody from the answer: it is one of its problems.
    """
    if reply.outcome in ("usage", "refused") or reply.subject is None or reply.incident:
        return reply
    try:
        if reply.subject.startswith(PLAN):
            return _of_plan(house, reply, reply.subject)
        for resource in resources.of_line(reply.subject)[:1]:
            return _of_diagnosis(ask, house, reply, resource)
    except (sqlite3.Error, NotReadable) as error:
        problem = f"Whether this belongs to an incident could not be read or written: {error}."
        return replace(reply, problems=(*reply.problems, problem))
    return reply


def _of_plan(house: House, reply: Reply, subject: str) -> Reply:
    connection = house.journal.connection()
    about = plans.get(connection, subject.removeprefix(PLAN)).resources
    known = next(filter(None, (incidents.open_about(connection, one) for one in about)), None)
    return replace(reply, incident=known.id) if known else reply


def _of_diagnosis(ask: Ask, house: House, reply: Reply, resource: str) -> Reply:
    connection, now = house.journal.connection(), house.clock.now()
    known = incidents.open_about(connection, resource)
    found = Finding(
        resource, str(reply.subject), reply.headline, reply.severity, _trouble(reply), now, ask.caller
    )
    if not ask.again and not ask.dry_run:
        known = _written(house, known, found)
    return _told(reply, known) if known else reply


def _written(house: House, known: Incident | None, found: Finding) -> Incident | None:
    """On the open incident's timeline; it may have been opened, or closed, since we looked."""
    opens = found.trouble and not mutes.of(house.journal.connection(), found.subject, found.at)
    if not known and not opens:
        return None
    with house.journal.write() as transaction:
        if now_open := incidents.open_about(transaction, found.resource):
            return incidents.note_finding(transaction, now_open, found)
        return incidents.begin(transaction, found) if opens else None


def _trouble(reply: Reply) -> bool | None:
    """None where nothing is wrong, and nothing is known to be well: `batch wave` calls that `info`."""
    if reply.outcome == "trouble":
        return True
    return False if reply.outcome == "fine" and reply.severity == "ok" else None


def _told(reply: Reply, known: Incident) -> Reply:
    """With a word on the incident, and the way to end it where the trouble is gone."""
    told = replace(reply, incident=known.id)
    if _trouble(reply) is not False:
        return replace(
            told,
            parts=(*reply.parts, Text(f"This is incident {known.id}.")),
            onward=(escalate(known.id),),
        )
    said = f"Incident {known.id} is still open, and this finds no trouble any more: close it, with its cause."
    close = Proposal("Close incident", f"batch incident close {known.id}", asks=True)
    return replace(told, parts=(*reply.parts, Text(said)), proposals=(*reply.proposals, close))
