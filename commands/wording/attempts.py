"""What was tried: the plans and notes of an incident, or of the last hours where there is none, a line each."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta

from commands.ops.incidents import timeline
from commands.ops.incidents.incidents import Incident
from commands.ops.incidents.timeline import Entry
from commands.ops.plans import approvals, plans, runs
from commands.ops.plans.approvals import Approval
from commands.ops.plans.plans import Plan
from commands.wording.figures import span

LATELY = timedelta(hours=6)
OF_PLANS = ("plan", "decision", "run")
TRIED: tuple[plans.State, ...] = (
    "running", "done", "failed", "aborted", "unknown", "approved", "pending", "declined", "withdrawn", "stale",
)  # fmt: skip
STATES = {"unknown": "not known how it ended", "pending": "waits for approval", "approved": "about to run"}


def of_incident(connection: sqlite3.Connection, incident: Incident) -> str:
    """Each plan of its timeline once, as it stands now, and each note; oldest first."""
    return "\n".join(_lines(connection, timeline.of_incident(connection, incident.id)))


def lately(connection: sqlite3.Connection, now: datetime) -> str:
    """The plans of the last hours, oldest first."""
    found = [plan for plan in plans.in_states(connection, TRIED) if plan.asked_at >= now - LATELY]
    return "\n".join(_plan(connection, plan) for plan in reversed(found))


def _lines(connection: sqlite3.Connection, entries: tuple[Entry, ...]) -> Iterator[str]:
    told = set[str]()
    for entry in entries:
        if entry.kind in OF_PLANS and entry.link not in told:
            told.add(entry.link)
            yield _plan(connection, plans.get(connection, entry.link.rpartition(" ")[2]))
        elif entry.kind == "note":
            yield f"- {_at(entry.at)}, {entry.who.name if entry.who else 'somebody'} noted: {_flat(entry.text)}"


def _plan(connection: sqlite3.Connection, plan: Plan) -> str:
    """`- 03:12 UTC, Omar: redeploy wave 2 (P-7K2Q): done after 12 s, 24 agents launched`."""
    return (
        f"- {_at(plan.asked_at)}, {plan.asked_by.name}: {plan.line} ({plan.id}): {_outcome(connection, plan)}"
    )


def _outcome(connection: sqlite3.Connection, plan: Plan) -> str:
    state = STATES.get(plan.state, plan.state)
    error = plan.result.get("error") if isinstance(plan.result, dict) else None
    run = runs.of_plan(connection, plan.id)
    took = f" after {span((run.ended_at - run.started_at).total_seconds())}" if run and run.ended_at else ""
    did = next((stage.detail for stage in reversed(run.stages) if stage.detail), "") if run else ""
    why = error or did or "; ".join(plan.changes) or _reason(connection, plan)
    return f"{state}{_by(connection, plan)}{took}{f', {_flat(str(why))}' if why else ''}"


def _by(connection: sqlite3.Connection, plan: Plan) -> str:
    against = _against(connection, plan)
    return f" by {against.caller.name}" if against else ""


def _reason(connection: sqlite3.Connection, plan: Plan) -> str:
    against = _against(connection, plan)
    return against.reason if against else ""


def _against(connection: sqlite3.Connection, plan: Plan) -> Approval | None:
    """Who declined it, if somebody did."""
    if plan.state != "declined":
        return None
    return next((one for one in approvals.of_plan(connection, plan.id) if one.decision == "declined"), None)


def _at(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _flat(text: str) -> str:
    return " ".join(text.split())
