"""Break-glass as a Reply. No line: nothing that Slack can send comes here."""

from commands.answer import told_off
from commands.approve import typed_name
from commands.line import Asked
from commands.ops.errors import OpsError, WrongUsage
from commands.ops.plans import plans
from commands.ops.plans.break_glass import approve_alone
from commands.planning import carried_out, shown
from commands.redacting import redacted
from commands.reply import Reply


def break_glass(asked: Asked, plan_id: str, name: str, reason: str) -> Reply:
    """Approve the plan alone, run it here, and show how it ended."""
    return redacted(_broken(asked, plan_id, name, reason), asked.house.redactor)


def _broken(asked: Asked, plan_id: str, name: str, reason: str) -> Reply:
    try:
        plan = plans.get(asked.house.journal.connection(), plan_id)
        if plan.tier == "grave" and name != typed_name(plan.args):
            raise WrongUsage(f"{plan.id} cannot be undone: type the name {typed_name(plan.args)} after it.")
        approved = approve_alone(asked.house, plan.id, asked.ask.caller, reason)
        return shown(asked, carried_out(asked, approved))
    except OpsError as error:
        return told_off(error)
