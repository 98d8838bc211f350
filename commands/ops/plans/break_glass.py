"""Break-glass: one person at the terminal approves a plan without its approvers; never quietly."""

from commands.ops import events
from commands.ops.errors import Refusal, WrongUsage
from commands.ops.house import House
from commands.ops.plans import approvals, plans
from commands.ops.plans.approvals import BREAK_GLASS, Approval
from commands.ops.plans.plans import Outcome, Plan
from commands.ops.roles import Caller, Role

LEAST_REASON = 10  # characters: “because” explains nothing to those who were not asked


def approve_alone(house: House, plan_id: str, caller: Caller, reason: str) -> Plan:
    """Approve a pending plan, whoever it needs; written down, and told, as what it is.

    Raises:
        Refusal: not from a terminal, not an operator, or the plan is no longer pending.
        WrongUsage: there is no such plan, or the reason is too short.
    """
    _may(house, caller)
    reason = " ".join(reason.split())
    if len(reason) < LEAST_REASON:
        raise WrongUsage(f"Break-glass needs a reason of at least {LEAST_REASON} characters: --reason “…”.")
    approvals.current(house, plan_id)  # one whose time has passed is expired here
    now = house.clock.now()
    with house.journal.write() as transaction:
        plan = plans.get(transaction, plan_id)
        approvals.must_be_pending(transaction, plan)
        approvals.must_be_decided(plan)
        person = approvals.person_of(house, caller)
        approval = Approval(person, caller, "approved", BREAK_GLASS + reason, now)
        approvals.write(transaction, plan, approval, kind="break-glass")
        plans.move(transaction, plan, "approved", now, Outcome(by=caller))
        events.append(transaction, now, plan.subject, "break-glass", {"by": caller.name, "reason": reason})
    return plans.get(house.journal.connection(), plan.id)


def _may(house: House, caller: Caller) -> None:
    role = house.roles.role_of(caller)
    if caller.face != "terminal":
        raise Refusal("Break-glass is a command of the terminal: wavewarden break-glass ID --reason “…”.")
    if role < Role.operator:
        raise Refusal(f"Break-glass needs the role operator; yours is {role.name}.")
