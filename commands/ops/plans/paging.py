"""Calling the people whom a plan waits for: the page command, at once and again after five minutes."""

import shlex
from datetime import datetime, timedelta

from commands.ops import events, later
from commands.ops.house import House
from commands.ops.machine import tools
from commands.ops.plans.plans import Plan

AGAIN_AFTER = timedelta(minutes=5)
PAGE_SECONDS = 20.0
PAGE_BYTES = 4096


def call_for(house: House, plan: Plan) -> None:
    """Have the approvers called whom a plan needs beside its asker: at once, by the bot, and again later.

    Not here and now: a page command may hang, and the asker waits for an answer.
    """
    if plan.tier != "confirm":
        _remind(house, plan, house.clock.now())


def call_again(house: House, plan: Plan) -> None:
    """Write down that they were called, and have it done once more."""
    now = house.clock.now()
    with house.journal.write() as transaction:
        first = not events.has(transaction, plan.subject, "reminded")
        events.append(transaction, now, plan.subject, "reminded", {"tier": plan.tier})
    if first:
        _remind(house, plan, now + AGAIN_AFTER)


def _remind(house: House, plan: Plan, due: datetime) -> None:
    with house.journal.write() as transaction:
        later.put(transaction, due, f"batch remind {plan.id}", plan.subject, plan.asked_by)


def page(house: House, sentence: str) -> str:
    """Run `WAVEWARDEN_PAGE` with the sentence as its last argument; what came of it, in words."""
    if not house.settings.page:
        return "no page command is set"
    argv = [*shlex.split(house.settings.page), sentence]
    try:
        ran = tools.run(argv, cwd=house.settings.root, timeout=PAGE_SECONDS, max_bytes=PAGE_BYTES)
    except OSError as error:
        return f"the page command could not be run: {error}"
    return "paged" if ran.code == 0 else f"the page command ended with {ran.code}"
