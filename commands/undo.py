"""`batch undo ID`: the way back from a plan that was carried out; itself a plan."""

import click

from commands.line import Asked, line
from commands.ops.errors import WrongUsage
from commands.ops.operations.table import operation_of
from commands.ops.plans import plans, way_back
from commands.ops.roles import Role
from commands.planning import planned
from commands.reply import Reply


@line(
    "batch undo",
    summary="Plan the way back from a plan that was carried out: row by row, or switch by switch.",
    examples=("batch undo P-7K2Q",),
    role=Role.operator,
)
@click.argument("plan_id", metavar="ID")
def undo(asked: Asked, plan_id: str) -> Reply:
    """What changed since is refused and named, the rest goes back."""
    plan = plans.get(asked.house.journal.connection(), plan_id)
    back = way_back.of_plan(asked.house.journal.connection(), plan)
    if back is None:
        raise WrongUsage(f"{plan.id} is {plan.state}, and there is no way back to offer.")
    operation, args = back
    return planned(asked, operation_of(operation), args)
