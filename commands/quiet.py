"""`batch quiet 2h [RESOURCE]`: planned work: no alerts and no new incidents, until it ends by itself."""

from datetime import timedelta

import click

from commands.line import Asked, line
from commands.ops.incidents import choice, mutes, resources
from commands.ops.incidents.mutes import Mute
from commands.ops.roles import Role
from commands.reply import Facts, Proposal, Reply, When
from commands.wording import spans
from commands.wording.figures import span
from commands.wording.incident import kept

LEAST, MOST = timedelta(minutes=1), timedelta(days=7)
OFF = "off"


@line(
    "batch quiet",
    role=Role.operator,
    summary="Planned work: no alerts and no new incidents for a while, of everything or one resource; “off” ends it.",
    examples=("batch quiet 2h", "batch quiet 30m wave 5 --reason new disks", "batch quiet off"),
)
@click.argument("length", metavar="SPAN")
@click.argument("what", nargs=-1, metavar="RESOURCE")
@click.option("--batch", metavar="NNN", help="The batch of a wave; may be left out where one is active.")
@click.option("--reason", metavar="TEXT", help="What the work is.")
def quiet(asked: Asked, length: str, what: tuple[str, ...], batch: str | None, reason: str | None) -> Reply:
    """Diagnoses are answered all the same, and what is on a timeline goes on."""
    house, now = asked.house, asked.house.clock.now()
    named, why = choice.split(what, reason)
    about = choice.resource(house, named, batch) if named else resources.EVERYTHING
    if length.lower() == OFF:
        return _ended(asked, about)
    until = now + spans.parse(length, LEAST, MOST)
    with house.journal.write() as transaction:
        mute = Mute(about, now, until, asked.ask.caller.id, kept(house, why))
        mutes.put(transaction, mute, "quiet", {"until": until.isoformat()})
    return Reply(
        "fine",
        f"Quiet about {about} for {span((until - now).total_seconds())}{f': {why}' if why else ''}.",
        "info",
        facts={"about": about, "until": until.isoformat()},
        parts=(Facts((("Ends by itself", When(until)), ("Asked by", asked.ask.caller.name))),),
        proposals=(Proposal("End it now", f"batch quiet {OFF}{_typed(named, batch)}"),),
    )


def _ended(asked: Asked, about: str) -> Reply:
    with asked.house.journal.write() as transaction:
        was = mutes.lift(transaction, about, asked.house.clock.now())
    said = f"No longer quiet about {about}." if was else f"It was not quiet about {about}."
    return Reply("fine", said, "info", facts={"about": about, "until": None})


def _typed(what: tuple[str, ...], batch: str | None) -> str:
    return "".join(f" {word}" for word in (*what, *(("--batch", batch) if batch else ())))
