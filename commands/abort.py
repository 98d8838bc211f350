"""`batch abort ID`: end a run cleanly before its next step."""

import click

from commands.line import Asked, line
from commands.ops.plans import runs
from commands.ops.roles import Role
from commands.planning import shown, told
from commands.reply import Reply


@line(
    "batch abort",
    summary="End a run cleanly, before its next step.",
    examples=("batch abort P-7K2Q",),
    role=Role.operator,
    lane="urgent",
)
@click.argument("plan_id", metavar="ID")
def abort(asked: Asked, plan_id: str) -> Reply:
    """The step that runs is not interrupted."""
    plan = runs.abort(asked.house, plan_id, asked.ask.caller)
    return told(shown(asked, plan), f"{plan.id} will end before its next step.")
