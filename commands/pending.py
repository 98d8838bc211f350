"""`batch pending`: the plans that wait for somebody, or run."""

from commands.line import Asked, line
from commands.ops.plans import approvals, plans
from commands.ops.plans.plans import Plan
from commands.previews.table import preview_of
from commands.reply import Proposal, Reply, Table, Value, When
from commands.wording.figures import count

BUTTONS = 5


@line("batch pending", summary="The plans that wait for somebody, or run.", examples=("batch pending",))
def pending(asked: Asked) -> Reply:
    """Newest first; those whose time has passed are expired now."""
    found = [
        approvals.current(asked.house, plan.id)
        for plan in plans.in_states(asked.house.journal.connection(), plans.OPEN)
    ]
    waiting = [plan for plan in found if plan.state in plans.OPEN]
    if not waiting:
        return Reply("fine", "Nothing waits and nothing runs.", facts={"plans": []})
    rows = tuple(_row(plan) for plan in waiting)
    columns = ("Plan", "State", "What", "Asked by", "Expires")
    return Reply(
        "fine",
        f"{count(len(waiting), 'plan')} waiting or running.",
        "info",
        facts={"plans": [{"plan": plan.id, "state": plan.state, "line": plan.line} for plan in waiting]},
        parts=(Table(columns, rows, evidence=False),),
        proposals=tuple(Proposal(f"Show {plan.id}", plan.subject) for plan in waiting[:BUTTONS]),
    )


def _row(plan: Plan) -> tuple[Value, ...]:
    title = preview_of(plan.operation).title(plan.args, plan.targets)
    return (plan.id, plan.state, title, plan.asked_by.name, When(plan.expires_at))
