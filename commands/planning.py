"""From a line that would change something to its plan; and what lines about plans share."""

from collections.abc import Collection
from dataclasses import replace

from commands.line import Asked
from commands.ops.errors import WrongUsage
from commands.ops.operation import Args, Operation
from commands.ops.operations import contention
from commands.ops.operations.table import operation_of
from commands.ops.plans import paging, plans
from commands.ops.plans.execution import Execution
from commands.ops.plans.plans import Plan
from commands.previews.plan import plan_reply
from commands.reply import Reply, Text


def planned(asked: Asked, operation: Operation, args: Args, in_place_of: Collection[str] = ()) -> Reply:
    """Make the plan and show it, in place of others perhaps, by their ids; with `--dry-run` nothing is stored.

    Raises:
        OpsError: it cannot be done; the sentence says why.
    """
    house = asked.house
    made = plans.draft(house, operation, args, " ".join(asked.ask.words), asked.ask.caller)
    if not made.targets:
        raise WrongUsage(f"There is nothing to do: “{made.line}” would change nothing.")
    if asked.ask.dry_run:
        return _beside_others(asked, made)
    stored = plans.store(house, made, in_place_of)
    paging.call_for(house, stored)
    return _beside_others(asked, stored)


def _beside_others(asked: Asked, plan: Plan) -> Reply:
    """A new plan; others on the same resource are named."""
    reply = shown(asked, plan)
    others = contention.others(asked.house, plan)
    return replace(reply, parts=(*(Text(other) for other in others), *reply.parts))


def shown(asked: Asked, plan: Plan) -> Reply:
    """The plan as it stands."""
    return plan_reply(asked.house.journal.connection(), plan, solo=asked.house.settings.solo)


def told(reply: Reply, sentence: str) -> Reply:
    """The same, with a word to who asked."""
    return replace(reply, told=sentence)


def carried_out(asked: Asked, plan: Plan) -> Plan:
    """Run an approved plan here, and wait for its end.

    Raises:
        Refusal: it cannot be run, or somebody else runs it.
    """
    return Execution(asked.house, operation_of(plan.operation), plan, asked.ask.caller).run()
