"""Approvals: who may decide on a plan, and what was decided."""

import json
import sqlite3
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from commands.ops import audit, events
from commands.ops.errors import Refusal, WrongUsage
from commands.ops.house import House
from commands.ops.operation import Tier
from commands.ops.plans import plans
from commands.ops.plans.plans import Outcome, Plan
from commands.ops.roles import Caller, Role

Decided = Literal["approved", "declined", "withdrawn"]
BREAK_GLASS = "break-glass: "  # how the reason of an approval begins that needs no approver
NEEDS: dict[Tier, Role] = {"confirm": Role.operator, "second": Role.approver, "grave": Role.approver}


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's decision; `person` is the same for one's Slack and terminal selves."""

    person: str
    caller: Caller
    decision: Decided
    reason: str
    at: datetime


def person_of(house: House, caller: Caller) -> str:
    """One person is one, whether in Slack or on the terminal."""
    return house.settings.people.get(caller.id, caller.id)


def of_plan(connection: sqlite3.Connection, plan_id: str) -> list[Approval]:
    """What was decided, oldest first."""
    rows = connection.execute("SELECT * FROM approvals WHERE plan = ? ORDER BY at", (plan_id,))
    return [
        Approval(
            row["person"],
            Caller(**json.loads(row["caller"])),
            row["decision"],
            row["reason"],
            datetime.fromisoformat(row["at"]),
        )
        for row in rows
    ]


def approve(house: House, plan_id: str, caller: Caller, typed: str = "", name: str = "") -> Plan:
    """Approve; the plan is `approved` once enough people did.

    typed, name: for tier `grave`, what the approver typed and what the target is called.

    Raises:
        Refusal: this caller may not, or the plan is no longer pending.
        WrongUsage: there is no such plan, or the name that was typed is another.
    """
    plan = current(house, plan_id)
    must_be_pending(house.journal.connection(), plan)
    if why := may_not(house, plan, caller):
        raise Refusal(why)
    must_be_decided(plan)
    if plan.tier == "grave" and typed != name:
        raise WrongUsage(f"{plan.id} is a grave one: approve it by typing the name {name} exactly.")
    now = house.clock.now()
    with house.journal.write() as transaction:
        plan = plans.get(transaction, plan.id)  # nobody else writes until we are done
        must_be_pending(transaction, plan)
        if any(one.person == person_of(house, caller) for one in of_plan(transaction, plan.id)):
            raise Refusal(f"You have approved {plan.id} already; it needs {plan.needs} people.")
        approval = Approval(person_of(house, caller), caller, "approved", "", now)
        write(transaction, plan, approval)
        if len(of_plan(transaction, plan.id)) >= plan.needs:
            plans.move(transaction, plan, "approved", now, Outcome(by=caller))
        else:
            events.append(transaction, now, plan.subject, "one more approved")
    return plans.get(house.journal.connection(), plan.id)


def decline(house: House, plan_id: str, caller: Caller, reason: str) -> Plan:
    """Decline, with a reason: asker and approvers may; for tier `confirm` any operator.

    Raises:
        Refusal: this caller may not, or the plan is no longer pending.
    """
    plan = current(house, plan_id)
    must_be_pending(house.journal.connection(), plan)
    asker = person_of(house, plan.asked_by) == person_of(house, caller)
    if not asker and house.roles.role_of(caller) < NEEDS[plan.tier]:
        raise Refusal(f"{plan.id} can be declined by its asker and by {NEEDS[plan.tier].name}s.")
    return _end(house, plan, caller, "declined", reason)


def withdraw(house: House, plan_id: str, caller: Caller) -> Plan:
    """Take back what one has asked for oneself.

    Raises:
        Refusal: somebody else asked, or the plan is no longer pending.
    """
    plan = current(house, plan_id)
    must_be_pending(house.journal.connection(), plan)
    if person_of(house, plan.asked_by) != person_of(house, caller):
        raise Refusal(f"{plan.id} was asked by {plan.asked_by.name}: decline it instead.")
    return _end(house, plan, caller, "withdrawn", "")


def may_not(house: House, plan: Plan, caller: Caller) -> str:
    """Why this caller may not approve this plan now; empty if they may."""
    needed = NEEDS[plan.tier]
    role = house.roles.role_of(caller)
    if role < needed:
        return f"{plan.id} needs an {needed.name}; your role is {role.name}."
    own = person_of(house, plan.asked_by) == person_of(house, caller)
    if plan.tier != "confirm" and own and not house.settings.solo:
        return f"{plan.id} needs an approver who did not ask for it, and you did."
    return ""


def current(house: House, plan_id: str) -> Plan:
    """The plan as it stands now: one whose time has passed is expired, here and at once.

    Raises:
        WrongUsage: there is none.
    """
    plan = plans.get(house.journal.connection(), plan_id)
    now = house.clock.now()
    if plan.state in ("pending", "approved") and now >= plan.expires_at:
        with house.journal.write() as transaction:
            plans.move(transaction, plan, "expired", now)
        return plans.get(house.journal.connection(), plan_id)
    return plan


def must_be_pending(connection: sqlite3.Connection, plan: Plan) -> None:
    """Say who decided, where somebody has.

    Raises:
        Refusal: the plan is no longer pending.
    """
    if plan.state == "pending":
        return
    decided = of_plan(connection, plan.id)
    who = f" by {decided[-1].caller.name}" if decided else ""
    replaced = f"; {plan.replaced_by} took its place" if plan.replaced_by else ""
    raise Refusal(f"{plan.id} is {plan.state}{who} already{replaced}.")


def must_be_decided(plan: Plan) -> None:
    """Nobody may approve a plan that leaves something open.

    Raises:
        Refusal: it does; the sentence says what.
    """
    if plan.blocked:
        raise Refusal(f"{plan.id} cannot be approved as it is: {plan.blocked}")


def _end(
    house: House, plan: Plan, caller: Caller, how: Literal["declined", "withdrawn"], reason: str
) -> Plan:
    now = house.clock.now()
    with house.journal.write() as transaction:
        plan = plans.get(transaction, plan.id)
        must_be_pending(transaction, plan)
        write(transaction, plan, Approval(person_of(house, caller), caller, how, reason, now))
        plans.move(transaction, plan, how, now, Outcome(by=caller))
    return plans.get(house.journal.connection(), plan.id)


def write(transaction: sqlite3.Connection, plan: Plan, approval: Approval, kind: str = "") -> None:
    """Write a decision down, and into the audit log, there as this kind or as what it is."""
    at = approval.at.isoformat()
    transaction.execute(
        "INSERT OR REPLACE INTO approvals (plan, person, caller, decision, reason, at) VALUES (?, ?, ?, ?, ?, ?)",
        (
            plan.id,
            approval.person,
            json.dumps(asdict(approval.caller)),
            approval.decision,
            approval.reason,
            at,
        ),
    )
    told = {"digest": plan.digest, "reason": approval.reason}
    audit.append(transaction, approval.at, kind or approval.decision, approval.caller, plan.id, **told)
