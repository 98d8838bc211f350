"""`batch run ID`: carry out an approved plan; the bot does it by itself when the last approval is given."""

import click

from commands.line import Asked, line
from commands.ops.plans import approvals
from commands.ops.roles import Role
from commands.planning import carried_out, shown
from commands.reply import Reply


@line(
    "batch run",
    summary="Carry out an approved plan that did not begin, because a lock was held say.",
    examples=("batch run P-7K2Q",),
    role=Role.operator,
    lane="run",
)
@click.argument("plan_id", metavar="ID")
def run(asked: Asked, plan_id: str) -> Reply:
    """Approvals, targets and locks are all looked at again."""
    return shown(asked, carried_out(asked, approvals.current(asked.house, plan_id)))
