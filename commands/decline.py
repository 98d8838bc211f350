"""`batch decline ID --reason …`: say no to a plan, and why."""

import click

from commands.line import Asked, line
from commands.ops.errors import WrongUsage
from commands.ops.plans import approvals
from commands.ops.roles import Role
from commands.planning import shown, told
from commands.reply import Field, Form, Reply


@line(
    "batch decline",
    summary="Say no to a plan, and why.",
    examples=('batch decline P-7K2Q --reason "the wave is nearly done"',),
    role=Role.operator,
    lane="urgent",
)
@click.argument("plan_id", metavar="ID")
@click.option("--reason", metavar="TEXT", help="Why; the asker will read it.")
def decline(asked: Asked, plan_id: str, reason: str | None) -> Reply:
    """Asker and approvers may; for what any operator may approve, any operator."""
    reason = reason or asked.ask.values.get("reason")
    if not reason:
        form = Form(f"batch decline {plan_id}", (Field("reason", "Why not?", "long"),))
        if asked.ask.caller.face == "slack":
            return Reply("fine", f"Decline {plan_id}", audience="caller", form=form)
        raise WrongUsage(f'A plan is declined with a reason: batch decline {plan_id} --reason "…".')
    plan = approvals.decline(asked.house, plan_id, asked.ask.caller, reason)
    return told(shown(asked, plan), f"You declined {plan.id}.")
