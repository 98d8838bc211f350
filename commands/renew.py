"""`batch renew ID`: the same question as a fresh plan, on the host as it is now."""

import click

from commands.line import Asked, line
from commands.ops.errors import WrongUsage
from commands.ops.operations.table import operation_of
from commands.ops.plans import plans
from commands.ops.roles import Role
from commands.planning import planned
from commands.reply import Reply


@line(
    "batch renew",
    summary="Ask again what an ended plan asked, on the host as it is now.",
    examples=("batch renew P-7K2Q",),
    role=Role.operator,
)
@click.argument("plan_id", metavar="ID")
def renew(asked: Asked, plan_id: str) -> Reply:
    """A new plan with the same operation and arguments."""
    old = plans.get(asked.house.journal.connection(), plan_id)
    if old.state in plans.OPEN:
        raise WrongUsage(f"{old.id} is {old.state}: there is nothing to renew.")
    return planned(asked, operation_of(old.operation), old.args)
