"""`batch remind ID`: call the approvers of a plan once more."""

import click

from commands.line import Asked, line
from commands.ops.plans import approvals, paging
from commands.ops.roles import Role
from commands.planning import shown
from commands.reply import Reply


@line(
    "batch remind",
    summary="Call the approvers of a plan once more.",
    examples=("batch remind P-7K2Q",),
    role=Role.operator,
)
@click.argument("plan_id", metavar="ID")
def remind(asked: Asked, plan_id: str) -> Reply:
    """Pages, and has the approvers mentioned again, as long as the plan waits."""
    house = asked.house
    plan = approvals.current(house, plan_id)
    if plan.state == "pending":
        paging.page(house, f"Wavewarden: {plan.id} ({plan.line}) still waits for an approver.")
        paging.call_again(house, plan)
    return shown(asked, plan)
