"""`batch incident open|hand|close`: what people do with an incident."""

import re
from dataclasses import replace

import click

from commands.incident import as_done
from commands.line import Asked, line
from commands.ops.errors import WrongUsage
from commands.ops.incidents import choice, escalations, incidents
from commands.ops.incidents.incidents import Finding, Incident
from commands.ops.roles import Caller, Role
from commands.planning import told
from commands.reply import Field, Form, Reply
from commands.wording.incident import kept

MOST = 80  # characters of a name
ME = "me"
_PERSON = re.compile(r"[UW][A-Z0-9]{3,}")  # as Slack calls people


@line(
    "batch incident open",
    role=Role.operator,
    summary="Open an incident by hand, about a wave, a site, the registry, the disk, the host….",
    examples=("batch incident open wave 5", "batch incident open disk --why /var is full"),
)
@click.argument("what", nargs=-1, required=True, metavar="RESOURCE")
@click.option("--batch", metavar="NNN", help="The batch of a wave; may be left out where one is active.")
@click.option("--why", metavar="TEXT", help="What is wrong.")
def begin(asked: Asked, what: tuple[str, ...], batch: str | None, why: str | None) -> Reply:
    """Two who open one about the same resource share it."""
    house, caller = asked.house, asked.ask.caller
    named, words = choice.split(what, why)
    resource = choice.resource(house, named, batch)
    said = kept(house, words) or f"opened by {caller.name}"
    now = house.clock.now()
    found = Finding(resource, "", said, severity="warning", trouble=True, at=now, by=caller)
    known = incidents.open_about(house.journal.connection(), resource)
    with house.journal.write() as transaction:
        made = incidents.begin(transaction, found)
    reply = as_done(asked, made.id)
    return told(reply, f"{made.id} was open already.") if known else reply


@line(
    "batch incident hand",
    role=Role.operator,
    summary="Hand an incident over to somebody; “me” takes it over.",
    examples=("batch incident hand I-7K2Q @asha", "batch incident hand I-7K2Q me"),
)
@click.argument("incident_id", metavar="ID")
@click.argument("name", nargs=-1, required=True, metavar="NAME")
def hand(asked: Asked, incident_id: str, name: tuple[str, ...]) -> Reply:
    """To a person, as Slack or the team calls them."""
    house, caller = asked.house, asked.ask.caller
    known = choice.incident(house, incident_id, None)
    owner = _owner(asked, " ".join(name))
    with house.journal.write() as transaction:
        incidents.hand(transaction, known, owner, house.clock.now(), caller)
    return as_done(asked, known.id)


@line(
    "batch incident close",
    role=Role.operator,
    summary="Close an incident with its cause, and attach its report.",
    examples=('batch incident close I-7K2Q --cause "out of memory: 25 agents on 8 GiB"',),
)
@click.argument("words", nargs=-1, metavar="ID")
@click.option("--cause", metavar="TEXT", help="What it was; it is kept and told.")
def close(asked: Asked, words: tuple[str, ...], cause: str | None) -> Reply:
    """With its report, which its thread in Slack gets by the news of it; the trouble may still be there."""
    house = asked.house
    named = words[0] if words and (cause is None or choice.is_id(words[0])) else None
    known = choice.incident(house, named, asked.ask.incident)
    more = words[1:] if named else words
    why = " ".join(" ".join((cause or asked.ask.values.get("cause") or "", *more)).split())
    if not why:
        return _ask_why(asked, known)
    now = house.clock.now()
    with house.journal.write() as transaction:
        if handed_over := escalations.open_about(transaction, known.id):
            escalations.resolve(transaction, handed_over, now, asked.ask.caller)  # nobody is called any more
        incidents.close(transaction, known, kept(house, why), now, asked.ask.caller)
    done = as_done(asked, known.id)
    if asked.ask.caller.face == "slack":
        done = replace(done, attachments=())
    return told(done, f"You closed {known.id}.")


def _ask_why(asked: Asked, known: Incident) -> Reply:
    form = Form(f"batch incident close {known.id}", (Field("cause", "What was the cause?", "long"),))
    if asked.ask.caller.face == "slack" and known.is_open:
        return Reply("fine", f"Close {known.id}", audience="caller", form=form)
    raise WrongUsage(f'An incident is closed with its cause: batch incident close {known.id} --cause "…".')


def _owner(asked: Asked, typed: str) -> Caller:
    """Who is meant.

    Raises:
        WrongUsage: it is too long for a name, or somebody who may not act.
    """
    name = typed.strip().removeprefix("@")
    if name.lower() == ME:
        return asked.ask.caller
    if not name or len(name) > MOST or not name.isprintable():
        raise WrongUsage(f"An incident is handed to a person: a name of at most {MOST} characters.")
    if not _PERSON.fullmatch(name):
        return Caller("", name, asked.ask.caller.face)
    person = Caller(name, asked.ask.names.get(name, name), "slack")
    if asked.house.roles.role_of(person) < Role.operator:
        raise WrongUsage(f"{person.name} is no operator here: hand it to somebody who may act.")
    return person
