"""`batch plan ID`: one plan as it stands."""

import click

from commands.line import Asked, line
from commands.ops.plans import approvals
from commands.planning import shown
from commands.reply import Reply


@line(
    "batch plan",
    summary="A plan as it stands: what it does, who decided what, how far it is.",
    examples=("batch plan P-7K2Q",),
)
@click.argument("plan_id", metavar="ID")
def plan(asked: Asked, plan_id: str) -> Reply:
    """The one message of a plan."""
    return shown(asked, approvals.current(asked.house, plan_id))
