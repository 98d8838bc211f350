"""From what was written to an escalation: stored, filed, and called out until somebody has it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from commands.handover.facts import attachments
from commands.handover.text import text_of
from commands.line import Asked
from commands.ops import audit, later
from commands.ops.attachments import kept as kept_files
from commands.ops.attachments.attachment import Attachment
from commands.ops.errors import OperationFailed
from commands.ops.incidents import escalations, timeline
from commands.ops.incidents.escalations import Escalation, Handover
from commands.ops.incidents.incidents import Incident
from commands.ops.incidents.timeline import Entry
from commands.ops.roles import OURSELVES
from commands.reply import Facts, Reply, Text
from commands.wording.escalation import already, escalation_reply
from commands.wording.escalation_fields import FIELDS
from commands.wording.incident import kept

TEXT = "escalation.txt"
KEPT = 50  # escalations whose files are kept
GOES_OUT = "It is posted to the people on call as soon as the bot is connected to Slack."


def send(asked: Asked, about: Incident | None, values: Mapping[str, str]) -> Reply:
    """Hand it over; where somebody was faster, what was written now is kept on the incident's timeline."""
    house, caller = asked.house, asked.ask.caller
    fields = {field.name: kept(house, values.get(field.name, "").strip()) for field in FIELDS}
    worded = text_of(house, fields, about, caller)
    if asked.ask.dry_run:
        said = Text(worded.text)
        return Reply("fine", "Nothing was sent; this would be:", parts=(said,), audience="caller")
    files, problems = attachments(asked, about, fields["attachment"])
    given = Handover(about.id if about else None, fields, worded.text, house.clock.now(), caller)
    made, fresh = _stored(asked, given)
    if not fresh:
        return replace(
            already(made), parts=(Text("What you wrote is on the incident's timeline, as a note."),)
        )
    names, unkept = _filed(asked, made, files)
    with house.journal.write() as transaction:
        escalations.hand_over(transaction, made, names)
    told = _told(asked, made)
    return replace(told, problems=(*problems, *unkept, *filter(None, [worded.problem])))


def _stored(asked: Asked, given: Handover) -> tuple[Escalation, bool]:
    """With its audit entry, and the time of its next call; or the one that its incident has already."""
    house = asked.house
    with house.journal.write() as transaction:
        if given.incident and (known := escalations.open_about(transaction, given.incident)):
            note = Entry(given.at, "note", given.by, given.fields["issue"])
            timeline.add(transaction, given.incident, note)
            return known, False
        made = escalations.begin(transaction, given)
        audit.append(transaction, given.at, "escalated", given.by, escalation=made.id, incident=made.incident)
        due = given.at + timedelta(seconds=house.settings.escalation.repeat_seconds)
        later.put(transaction, due, f"batch escalation call {made.id}", made.line, OURSELVES)
    return made, True


def _filed(
    asked: Asked, made: Escalation, files: Sequence[Attachment]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of what was written to its directory, and what could not be."""
    text = Attachment(TEXT, TEXT, made.text)
    try:
        kept_files.keep(asked.house, made.directory, (text, *files))
    except OperationFailed as error:
        return (), (error.sentence,)
    kept_files.forget_old(asked.house, escalations.DIRECTORY, KEPT)
    return tuple(file.name for file in files), ()


def _told(asked: Asked, made: Escalation) -> Reply:
    """In Slack a word to who sent it, for the post is what all see; in a terminal all of it."""
    known = escalations.get(asked.house.journal.connection(), made.id)
    place = str(asked.house.settings.state / known.directory)
    reply = escalation_reply(known)
    facts = {**reply.facts, "directory": place}
    if asked.ask.caller.face == "slack":
        said = (
            f"Escalated as {known.id}: it is posted to the people on call, who are called until one has it."
        )
        return Reply("fine", said, facts=facts, audience="caller")
    filed = Facts((("Directory", place),))
    parts = (*reply.parts, filed, Text(GOES_OUT))
    return replace(reply, outcome="fine", facts=facts, parts=parts)
