"""`batch accept wave N --reason …`: the loss is recorded, and the wave's alerts are muted."""

import click

from commands.line import Asked, batch_option, line
from commands.ops.errors import WrongUsage
from commands.ops.incidents import mutes, resources, timeline
from commands.ops.incidents.mutes import Mute
from commands.ops.incidents.timeline import Entry
from commands.ops.roles import Role
from commands.ops.waves import waves
from commands.ops.waves.meant import subject_of
from commands.reply import Proposal, Reply
from commands.wording.figures import count


@line(
    "batch accept wave",
    role=Role.operator,
    summary="Accept what a wave has lost: record it with a reason, and mute the wave's alerts.",
    examples=("batch accept wave 5 --reason close to the deadline",),
)
@click.argument("number", metavar="N")
@click.argument("more", nargs=-1, metavar="")
@batch_option
@click.option("--reason", metavar="…", help="Why; it is kept and shown with the wave.")
def accept(asked: Asked, number: str, more: tuple[str, ...], batch: str | None, reason: str | None) -> Reply:
    """Record the loss as it stands now."""
    house, caller = asked.house, asked.ask.caller
    why = " ".join([reason or "", *more]).strip()
    if not why:
        raise WrongUsage("A loss is accepted with a reason: add --reason and say why.")
    found = waves.diagnose(house, batch, number)
    unfinished = found.sites - found.done
    if not unfinished:
        raise WrongUsage(
            f"Wave {found.wave} has lost nothing: all {count(found.sites, 'site')} are implemented."
        )
    subject = subject_of(found.batch, found.wave)
    with house.journal.write() as transaction:
        mute = Mute(subject, house.clock.now(), None, caller.id, why)
        mutes.put(transaction, mute, "accepted", {"verdict": found.verdict, "unfinished": unfinished})
        entry = Entry(mute.since, "decision", caller, f"loss of {unfinished} sites accepted: {why}", subject)
        timeline.add_about(transaction, resources.of_line(subject), entry)
    return Reply(
        "fine",
        f"The loss of {count(unfinished, 'site')} of wave {found.wave} is accepted by {caller.name}: {why}",
        "info",
        facts={
            "batch": found.batch,
            "wave": found.wave,
            "verdict": found.verdict,
            "unfinished": unfinished,
            "reason": why,
        },
        proposals=(Proposal("Look again", subject),),
        problems=found.problems,
    )
