"""`batch runs`: what was carried out lately, and how it ended."""

from commands.line import Asked, line
from commands.ops.plans import plans
from commands.previews.table import preview_of
from commands.reply import Reply, Table, When
from commands.wording.figures import count

STATES: tuple[plans.State, ...] = ("running", "done", "failed", "aborted", "unknown")
SHOWN = 20


@line(
    "batch runs", summary="What was carried out lately, by whom, and how it ended.", examples=("batch runs",)
)
def runs(asked: Asked) -> Reply:
    """Newest first."""
    found = plans.in_states(asked.house.journal.connection(), STATES, SHOWN)
    rows = tuple(
        (
            plan.id,
            plan.state,
            preview_of(plan.operation).title(plan.args, plan.targets),
            plan.asked_by.name,
            When(plan.asked_at),
        )
        for plan in found
    )
    facts = {"runs": [{"plan": plan.id, "state": plan.state, "line": plan.line} for plan in found]}
    parts = (Table(("Plan", "State", "What", "Asked by", "Asked"), rows, evidence=False),) if rows else ()
    return Reply(
        "fine",
        f"{count(len(found), 'run')} lately." if found else "Nothing was run yet.",
        "info",
        facts=facts,
        parts=parts,
    )
