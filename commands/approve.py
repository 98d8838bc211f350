"""`batch approve ID`: approve a plan; on the terminal, also run it and wait for its end."""

import click

from commands.line import Asked, line
from commands.ops.plans import approvals
from commands.ops.roles import Role
from commands.planning import carried_out, shown, told
from commands.reply import Field, Form, Reply


@line(
    "batch approve",
    summary="Approve a plan; for a grave one, type its name as a second word.",
    examples=("batch approve P-7K2Q", "batch approve P-7K2Q 002"),
    role=Role.operator,
    lane="urgent",
)
@click.argument("plan_id", metavar="ID")
@click.argument("name", required=False, metavar="NAME")
def approve(asked: Asked, plan_id: str, name: str | None) -> Reply:
    """Approve; who may is checked here, at the click."""
    house, caller = asked.house, asked.ask.caller
    typed = name or asked.ask.values.get("name", "")
    pending = approvals.current(house, plan_id)
    if pending.tier == "grave" and pending.state == "pending" and not typed and caller.face == "slack":
        field = Field("name", f"Type {typed_name(pending.args)} to approve it")
        form = Form(f"batch approve {pending.id}", (field,))
        return Reply("fine", f"Approve {pending.id}", audience="caller", form=form)
    plan = approvals.approve(house, plan_id, caller, typed, typed_name(pending.args))
    if plan.state == "approved" and caller.face == "terminal":
        plan = carried_out(asked, plan)
    waits = "" if plan.state != "pending" else f"; it needs {plan.needs} people"
    return told(shown(asked, plan), f"You approved {plan.id}{waits}.")


def typed_name(args: object) -> str:
    """What is typed for a grave plan: its batch."""
    return str(args.get("batch", "")) if isinstance(args, dict) else ""
