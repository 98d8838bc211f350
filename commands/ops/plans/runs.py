"""Runs, as they are written down: which plan, by whom, how far; and those that nobody carries on."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from commands.ops import audit, events
from commands.ops.errors import Refusal
from commands.ops.house import House
from commands.ops.machine.processes import identities
from commands.ops.machine.processes.identities import Identity
from commands.ops.plans import plans
from commands.ops.plans.plans import Plan
from commands.ops.roles import Caller


@dataclass(frozen=True, slots=True)
class Stage:
    """One step as it stands: `running`, `done` or `failed`; `detail` is what it did or why it did not.

    of: how many steps the run has in all.
    """

    number: int
    of: int
    title: str
    state: str
    detail: str
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it stands. skipped: targets that were gone. abort_by: who asked for a clean end."""

    plan: str
    started_by: Caller
    started_at: datetime
    ended_at: datetime | None
    skipped: tuple[str, ...]
    abort_by: str | None
    stages: tuple[Stage, ...]


def of_plan(connection: sqlite3.Connection, plan_id: str) -> Run | None:
    """The run of a plan, if there was one."""
    row = connection.execute("SELECT * FROM runs WHERE plan = ?", (plan_id,)).fetchone()
    if row is None:
        return None
    stages = connection.execute("SELECT * FROM steps WHERE plan = ? ORDER BY number", (plan_id,))
    return Run(
        plan=plan_id,
        started_by=Caller(**json.loads(row["started_by"])),
        started_at=datetime.fromisoformat(row["started_at"]),
        ended_at=_moment(row["ended_at"]),
        skipped=tuple(json.loads(row["skipped"])),
        abort_by=row["abort_by"],
        stages=tuple(_stage(stage) for stage in stages),
    )


def abort(house: House, plan_id: str, caller: Caller) -> Plan:
    """Ask a run to end cleanly before its next step.

    Raises:
        Refusal: it is not running.
    """
    plan = plans.get(house.journal.connection(), plan_id)
    if plan.state != "running":
        raise Refusal(f"{plan.id} is {plan.state}: there is nothing to abort.")
    now = house.clock.now()
    with house.journal.write() as transaction:
        transaction.execute("UPDATE runs SET abort_by = ? WHERE plan = ?", (caller.name, plan.id))
        audit.append(transaction, now, "abort asked", caller, plan.id)
        events.append(transaction, now, plan.subject, "abort asked")
    return plan


def mark_lost(house: House, caller: Caller) -> list[Plan]:
    """Runs whose process is gone become `unknown`: never rerun by itself. Call it at every start and now and then."""
    connection = house.journal.connection()
    lost = []
    for plan in plans.in_states(connection, ["running"]):
        row = connection.execute("SELECT process FROM runs WHERE plan = ?", (plan.id,)).fetchone()
        if identities.lives(Identity.from_json(json.loads(row["process"]))):
            continue
        now = house.clock.now()
        with house.journal.write() as transaction:
            if plans.move(transaction, plan, "unknown", now):
                transaction.execute("UPDATE runs SET ended_at = ? WHERE plan = ?", (now.isoformat(), plan.id))
                audit.append(transaction, now, "lost", caller, plan.id)
                lost.append(plan)
    return lost


def _stage(row: sqlite3.Row) -> Stage:
    return Stage(
        row["number"],
        row["of"],
        row["title"],
        row["state"],
        row["detail"],
        datetime.fromisoformat(row["began_at"]),
        _moment(row["ended_at"]),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
