"""News of incidents: what their threads, and those who have them in hand, are told."""

from collections.abc import Callable
from dataclasses import replace

from bot.announcer import Announcer
from bot.mentions import mention
from bot.outbox import Draft
from bot.places import Places
from bot.render import blocks
from bot.render.buttons import buttons
from bot.render.escape import escape
from commands.ops.events import Event
from commands.ops.incidents import incidents
from commands.ops.incidents.incidents import Incident
from commands.ops.roles import OURSELVES
from commands.reply import Proposal
from commands.wording import incident_report
from commands.wording.incident import headline

News = Callable[[Announcer, Event], list[Draft]]


def opened(announcer: Announcer, event: Event) -> list[Draft]:
    """Its thread gets a message that is kept up to date; where it has no thread, the channel is told of it first."""
    incident = _incident(announcer, event)
    head: list[Draft] = []
    if announcer.threads.of(incident.id) is None and incident.subject:
        head = announcer.show(incident.subject, incident.opened_by)
    if Places(announcer.store).of_subject(incident.line):
        return head  # opened by hand: the message that began the thread shows it
    return [*head, *announcer.show(incident.line, OURSELVES)]


def handed(announcer: Announcer, event: Event) -> list[Draft]:
    """Whoever has it now is told, unless they took it themselves."""
    incident = _incident(announcer, event)
    by = str(event.data.get("by", ""))
    if incident.owner is None or incident.owner.name == by:
        return []
    owner = incident.owner
    who = mention(owner.id) if owner.face == "slack" and owner.id else escape(owner.name)
    return announcer.below(
        incident.id, f"{who}: incident {incident.id} is in your hands now, by {escape(by)}."
    )


def clear(announcer: Announcer, event: Event) -> list[Draft]:
    """Where nobody in Slack saw it, its thread is told, with the way to end it."""
    incident = _incident(announcer, event)
    if event.data.get("face") == "slack" or incident.clear_at is None or not incident.is_open:
        return []
    close = Proposal("Close incident", f"batch incident close {incident.id}", asks=True)
    text = escape(headline(incident))
    shown = [blocks.section(text), *buttons((close,))]
    return [
        replace(draft, body={**draft.body, "blocks": shown}) for draft in announcer.below(incident.id, text)
    ]


def back(announcer: Announcer, event: Event) -> list[Draft]:
    """Whoever should hear is mentioned: who has it in hand, else who is on call."""
    incident = _incident(announcer, event)
    if not incident.is_open:
        return []
    owner = incident.owner
    whom = [mention(owner.id)] if owner and owner.face == "slack" and owner.id else []
    called = " ".join(whom or map(mention, announcer.on_call))
    said = f"Incident {incident.id}: its trouble is back, a diagnosis finds it again."
    return announcer.below(incident.id, f"{called} {said}".strip())


def closed(announcer: Announcer, event: Event) -> list[Draft]:
    """Edits do not notify: who follows the thread is told by a new reply, with the report below it."""
    incident = _incident(announcer, event)
    report, problem = incident_report.attached(announcer.house, incident)
    text = f":white_check_mark: {escape(headline(incident))} {escape(problem)}".rstrip()
    return announcer.below(incident.id, text, (report,))


NEWS: dict[str, News] = {
    "incident opened": opened,
    "incident handed": handed,
    "incident clear": clear,
    "incident back": back,
    "incident closed": closed,
}


def _incident(announcer: Announcer, event: Event) -> Incident:
    return incidents.get(announcer.house.journal.connection(), event.subject.split()[-1])
