"""From what was written to an escalation: stored, filed, and called out until somebody has it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from commands.escalation_facts import attachments
from commands.escalation_fields import FIELDS, text_of
from commands.escalation_words import already, escalation_reply
from commands.incident_words import kept
from commands.line import Asked
from commands.ops import audit, escalation_files, escalations, later, timeline
from commands.ops.errors import NotReadable
from commands.ops.escalations import Escalation, Handover
from commands.ops.incidents import Incident
from commands.ops.timeline import Entry
from commands.reply import Facts, Reply, Text

GOES_OUT = "It is posted to the people on call as soon as the bot is connected to Slack."


def send(asked: Asked, about: Incident | None, values: Mapping[str, str]) -> Reply:
    """Hand it over; what somebody wrote who came second is kept on the incident's timeline."""
    house, caller = asked.house, asked.ask.caller
    fields = {field.name: kept(house, values.get(field.name, "").strip()) for field in FIELDS}
    given = Handover(about.id if about else None, fields, house.clock.now(), caller)
    if asked.ask.dry_run:
        return Reply(
            "fine", "Nothing was sent; this would be:", parts=(Text(text_of(fields)),), audience="caller"
        )
    files = attachments(asked, about, fields["attachment"])
    problems: tuple[str, ...] = ()
    with house.journal.write() as transaction:
        if about and (known := escalations.open_about(transaction, about.id)):
            timeline.add(transaction, about.id, Entry(given.at, "note", caller, fields["issue"]))
            return already(known)
        made = escalations.begin(transaction, given)
        try:
            written = escalation_files.save(house, made, text_of(fields), files)
        except NotReadable as error:
            written, problems = {}, (error.sentence,)
        escalations.hand_over(transaction, made, written)
        about_it = {"escalation": made.id, "incident": made.incident}
        audit.append(transaction, given.at, "escalated", caller, **about_it)
        due = given.at + timedelta(seconds=house.settings.escalation.repeat_seconds)
        later.put(transaction, due, f"batch escalation call {made.id}", made.line, caller)
    return replace(_told(asked, made), problems=problems)


def _told(asked: Asked, made: Escalation) -> Reply:
    """In Slack a word to who sent it, for the post is what all see; in a terminal all of it."""
    house = asked.house
    known = escalations.get(house.journal.connection(), made.id)
    place = escalation_files.directory(house, known)
    reply = escalation_reply(known)
    facts = {**reply.facts, "directory": str(place)}
    if asked.ask.caller.face == "slack":
        said = f"Escalated as {known.id}. It is posted to the people on call, and they are called until one has it."
        return Reply("fine", said, facts=facts, audience="caller")
    filed = Facts((("Directory", str(place)),))
    return replace(
        reply, outcome="fine", facts=facts, parts=(*reply.parts, filed, Text(GOES_OUT)), incident=None
    )
