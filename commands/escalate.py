"""`escalate [text]`: hand over to the people on call, by a form that is filled in already."""

import click

from commands.handover import form as escalation_form
from commands.handover.facts import gather
from commands.handover.sending import send
from commands.line import Asked, line
from commands.ops.errors import Refusal, WrongUsage
from commands.ops.incidents import choice, escalations, incidents
from commands.ops.incidents.incidents import Incident
from commands.ops.roles import Role
from commands.reply import Form, Reply
from commands.wording.escalation import already


@line(
    "escalate",
    role=Role.operator,
    summary="Hand over to the people on call: a form that is filled in already, about the incident that you name or are in.",
    examples=("escalate wave 5 lost its agents twice", "escalate I-7K2Q we are out of ideas"),
)
@click.argument("text", nargs=-1, metavar="TEXT")
def escalate(asked: Asked, text: tuple[str, ...]) -> Reply:
    """The raw rest of the line is the issue; its first word may be the incident's id."""
    named, issue = choice.id_in_front(" ".join(text))
    values = asked.ask.values
    issue = values.get("text", "") or issue
    if "issue" in values:
        return send(asked, _named(asked, named), values)
    if form := _asks_which(asked, named, issue):
        return _form("Escalate", form)
    about = _about(asked, named)
    if about and (known := escalations.open_about(asked.house.journal.connection(), about.id)):
        return already(known)
    fields = gather(asked, about, issue)
    if asked.ask.caller.face == "slack":
        title = f"Escalate {about.id}" if about else "Escalate"
        return _form(title, escalation_form.form(about, fields))
    return send(asked, about, fields)


def _form(title: str, form: Form) -> Reply:
    return Reply("fine", title, audience="caller", form=form)


def _asks_which(asked: Asked, named: str | None, issue: str) -> Form | None:
    """Where several are open and none is named: the form that asks, or who cannot be shown one is told."""
    known = incidents.all_open(asked.house.journal.connection())
    if named or asked.ask.incident or "which" in asked.ask.values or len(known) <= 1:
        return None
    if asked.ask.caller.face == "slack":
        return escalation_form.which(known, issue)
    names = ", ".join(f"{one.id} ({one.resource})" for one in known)
    raise WrongUsage(
        f"Several incidents are open: begin with the one that is meant, “escalate I-… …”: {names}."
    )


def _about(asked: Asked, named: str | None) -> Incident | None:
    """The incident that is named, chosen, talked about here, or the only one open."""
    if "which" in asked.ask.values:
        return _named(asked, choice.id_in_front(asked.ask.values["which"])[0])
    if wanted := named or asked.ask.incident:
        return _named(asked, wanted)
    return next(iter(incidents.all_open(asked.house.journal.connection())), None)


def _named(asked: Asked, incident: str | None) -> Incident | None:
    if incident is None:
        return None
    known = incidents.get(asked.house.journal.connection(), incident)
    if not known.is_open:
        raise Refusal(f"{known.id} is closed: open it anew by a diagnosis, or escalate without it.")
    return known
