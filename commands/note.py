"""`batch note …`: a word onto an incident's timeline, as it was typed."""

import click

from commands.incident import as_done
from commands.line import Asked, line
from commands.ops.errors import Refusal, WrongUsage
from commands.ops.incidents import choice, timeline
from commands.ops.incidents.timeline import Entry
from commands.ops.roles import Role
from commands.planning import told
from commands.reply import Field, Form, Reply
from commands.wording.incident import kept

MOST = 3000  # characters, as many as a form takes


@line(
    "batch note",
    role=Role.operator,
    summary="Write a word onto the incident's timeline; in its thread, or with its id in front.",
    examples=("batch note I-7K2Q the machine was rebooted at noon",),
)
@click.argument("text", nargs=-1, metavar="TEXT")
def note(asked: Asked, text: tuple[str, ...]) -> Reply:
    """The raw rest of the line; its first word may be the incident's id."""
    named, said = choice.id_in_front(" ".join(text))
    said = said or asked.ask.values.get("text", "").strip()
    known = choice.incident(asked.house, named, asked.ask.incident)
    if not said:
        return _ask_what(asked, known.id)
    if len(said) > MOST:
        raise WrongUsage(f"A note has at most {MOST:,} characters; this one has {len(said):,}.")
    if not known.is_open:
        raise Refusal(f"{known.id} is closed: nothing is added to it.")
    entry = Entry(asked.house.clock.now(), "note", asked.ask.caller, kept(asked.house, said))
    with asked.house.journal.write() as transaction:
        timeline.add(transaction, known.id, entry)
    return told(as_done(asked, known.id), f"Noted on {known.id}.")


def _ask_what(asked: Asked, incident: str) -> Reply:
    if asked.ask.caller.face != "slack":
        raise WrongUsage(f"A note says something: batch note {incident} …")
    form = Form(f"batch note {incident}", (Field("text", "What is to be kept?", "long"),))
    return Reply("fine", f"Add note to {incident}", audience="caller", form=form)
