"""`batch wait wave N 15m`: looks again by itself, and says what changed."""

from datetime import timedelta

import click

from commands.line import Asked, batch_option, line
from commands.ops import later, overview
from commands.ops.registry import registry
from commands.ops.roles import Role
from commands.ops.waves import meant
from commands.ops.waves.meant import subject_of
from commands.reply import Facts, Proposal, Reply, When
from commands.wording import spans
from commands.wording.figures import span

LEAST, MOST = timedelta(minutes=1), timedelta(hours=24)


@line(
    "batch wait wave",
    role=Role.operator,
    summary="Look at a wave again by itself after a while, and say what changed.",
    examples=("batch wait wave 5 15m", "batch wait wave 5 1h30m --batch 001"),
)
@click.argument("number", metavar="N")
@click.argument("after", metavar="SPAN")
@batch_option
def wait(asked: Asked, number: str, after: str, batch: str | None) -> Reply:
    """Put the look down for later; the bot carries it out."""
    house, now = asked.house, asked.house.clock.now()
    delay = spans.parse(after, LEAST, MOST)
    table = registry.read(house.settings, house.machine)
    named = overview.which(house, table, None, batch)
    wave = meant.named(table, named, number)
    subject, due = subject_of(named, wave), now + delay
    with house.journal.write() as transaction:
        later.withdraw(transaction, f"{subject} --since ", asked.ask.caller)
        # The time goes with the line: what changed is told from the journal, even by a bot that has restarted.
        later.put(transaction, due, f"{subject} --since {now.isoformat()}", subject, asked.ask.caller)
    return Reply(
        "fine",
        f"I will look at wave {wave} again in {span(delay.total_seconds())} and say what changed.",
        "info",
        facts={"batch": named, "wave": wave, "due": due.isoformat(), "seconds": delay.total_seconds()},
        parts=(Facts((("Looks again", When(due)),)),),
        proposals=(Proposal("Look now", subject),),
    )
