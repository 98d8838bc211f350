"""`batch escalation …`: the open escalations, one as it stands, and what the people on call do with it."""

from collections.abc import Callable
from datetime import timedelta

import click

from commands.line import Asked, line
from commands.ops import later
from commands.ops.errors import WrongUsage
from commands.ops.incidents import escalations
from commands.ops.incidents.escalations import Escalation
from commands.ops.roles import OURSELVES, Role
from commands.reply import Field, Form, Proposal, Reply, Table, When
from commands.wording.escalation import durations, escalation_reply, standing
from commands.wording.figures import count
from commands.wording.incident import kept

BUTTONS = 5
MOST = 3000  # characters of a question, as many as a form takes


@line(
    "batch escalation list",
    summary="The escalations that nobody has resolved.",
    examples=("batch escalation list",),
)
def list_all(asked: Asked) -> Reply:
    """The oldest first."""
    known = escalations.all_open(asked.house.journal.connection())
    rows = tuple(
        (one.id, one.incident or "none", When(one.asked_at), one.asked_by.name, standing(one))
        for one in known
    )
    columns = ("Escalation", "Incident", "Escalated", "By", "How it stands")
    return Reply(
        "trouble" if known else "fine",
        f"{count(len(known), 'escalation')} open." if known else "No escalation is open.",
        "warning" if known else "ok",
        facts={"open": [one.id for one in known]},
        parts=(Table(columns, rows, evidence=False),) if rows else (),
        proposals=tuple(Proposal(f"Show {one.id}", one.line) for one in known[:BUTTONS]),
    )


@line(
    "batch escalation show",
    summary="An escalation as it stands: who has it in hand, and what was written.",
    examples=("batch escalation show E-7K2Q",),
)
@click.argument("escalation_id", metavar="ID")
def show(asked: Asked, escalation_id: str) -> Reply:
    """One escalation."""
    return escalation_reply(_known(asked, escalation_id))


@line(
    "batch escalation take",
    summary="You are on it: who escalated is told, and nobody is called any more.",
    examples=("batch escalation take E-7K2Q",),
)
@click.argument("escalation_id", metavar="ID")
def take(asked: Asked, escalation_id: str) -> Reply:
    """Whoever may look may take it."""
    known, now = _known(asked, escalation_id), asked.house.clock.now()
    with asked.house.journal.write() as transaction:
        escalations.take(transaction, known, now, asked.ask.caller)
    return _done(asked, known.id, lambda new: f"You are on {new.id} now. {new.asked_by.name} is told.")


@line(
    "batch escalation more",
    summary="Ask for more than was written; the question goes into the incident's thread.",
    examples=("batch escalation more E-7K2Q which commit is this?",),
)
@click.argument("escalation_id", metavar="ID")
@click.argument("text", nargs=-1, metavar="TEXT")
def more(asked: Asked, escalation_id: str, text: tuple[str, ...]) -> Reply:
    """In Slack a form asks for the question where the line has none."""
    known = _known(asked, escalation_id)
    said = " ".join(text).strip() or asked.ask.values.get("text", "").strip()
    if not said:
        return _ask_what(asked, known)
    if len(said) > MOST:
        raise WrongUsage(f"A question has at most {MOST:,} characters; this one has {len(said):,}.")
    with asked.house.journal.write() as transaction:
        said = kept(asked.house, said)
        escalations.question(transaction, known, said, asked.house.clock.now(), asked.ask.caller)
    return _done(asked, known.id, lambda new: f"{new.asked_by.name} is asked, and the incident's thread.")


@line(
    "batch escalation resolve",
    summary="It is over: how long it took is told to all.",
    examples=("batch escalation resolve E-7K2Q",),
)
@click.argument("escalation_id", metavar="ID")
def resolve(asked: Asked, escalation_id: str) -> Reply:
    """The incident stays open until it is closed with its cause."""
    known = _known(asked, escalation_id)
    with asked.house.journal.write() as transaction:
        escalations.resolve(transaction, known, asked.house.clock.now(), asked.ask.caller)
    return _done(asked, known.id, lambda new: f"{new.id} is resolved: {durations(new)}.")


@line(
    "batch escalation call",
    summary="Call the people on call once more, as long as nobody has it.",
    examples=("batch escalation call E-7K2Q",),
)
@click.argument("escalation_id", metavar="ID")
def call(asked: Asked, escalation_id: str) -> Reply:
    """Asked by itself until somebody has it or it was asked often enough; then that is said."""
    house, now = asked.house, asked.house.clock.now()
    known = _known(asked, escalation_id)
    if known.waits:
        with house.journal.write() as transaction:
            escalations.post_again(transaction, known, now)
            if escalations.call_again(transaction, known, house.settings.escalation.repeats, now):
                due = now + timedelta(seconds=house.settings.escalation.repeat_seconds)
                later.withdraw(transaction, f"batch escalation call {known.id}", OURSELVES)
                later.put(transaction, due, f"batch escalation call {known.id}", known.line, OURSELVES)
    return escalation_reply(_known(asked, known.id))


@line(
    "batch escalation post",
    role=Role.operator,
    summary="Try once more to post an escalation that could not be posted.",
    examples=("batch escalation post E-7K2Q",),
)
@click.argument("escalation_id", metavar="ID")
def post(asked: Asked, escalation_id: str) -> Reply:
    """Where it is posted already, nothing is done."""
    known = _known(asked, escalation_id)
    with asked.house.journal.write() as transaction:
        escalations.post_again(transaction, known, asked.house.clock.now())
    said = f"{known.id} is posted already." if known.posted_at else f"{known.id} is posted now."
    return Reply("fine", said, audience="caller")


def _known(asked: Asked, escalation_id: str) -> Escalation:
    return escalations.get(asked.house.journal.connection(), escalation_id)


def _done(asked: Asked, escalation_id: str, said: Callable[[Escalation], str]) -> Reply:
    """A word to who did it: the messages that show it are kept up to date by its events."""
    now = escalation_reply(_known(asked, escalation_id))
    sentence = said(_known(asked, escalation_id))
    return Reply("fine", sentence, facts=now.facts, proposals=now.proposals, audience="caller")


def _ask_what(asked: Asked, known: Escalation) -> Reply:
    if asked.ask.caller.face != "slack":
        raise WrongUsage(f"A question says something: batch escalation more {known.id} …")
    form = Form(f"batch escalation more {known.id}", (Field("text", "What do you need to know?", "long"),))
    return Reply("fine", f"More about {known.id}", audience="caller", form=form)
