"""`batch withdraw ID`: take back what one has asked for oneself."""

import click

from commands.line import Asked, line
from commands.ops.plans import approvals
from commands.ops.roles import Role
from commands.planning import shown, told
from commands.reply import Reply


@line(
    "batch withdraw",
    summary="Take back a plan that you asked for.",
    examples=("batch withdraw P-7K2Q",),
    role=Role.operator,
    lane="urgent",
)
@click.argument("plan_id", metavar="ID")
def withdraw(asked: Asked, plan_id: str) -> Reply:
    """Only its asker may; others decline it."""
    plan = approvals.withdraw(asked.house, plan_id, asked.ask.caller)
    return told(shown(asked, plan), f"You withdrew {plan.id}.")
