"""A plan as a Reply: what it does, to what exactly, who decided what, how far it is, and what one may do next."""

import sqlite3

from commands.ops import audit
from commands.ops.plans import approvals, runs, way_back
from commands.ops.plans.approvals import Approval
from commands.ops.plans.plans import Plan
from commands.ops.plans.runs import Run
from commands.previews.table import Preview, preview_of
from commands.reply import Facts, Lines, Outcome, Part, Proposal, Reply, Severity, Text, Value, When
from commands.wording.figures import count, listed

OUTCOMES: dict[str, Outcome] = {
    "done": "fine", "failed": "failed", "unknown": "failed", "aborted": "failed",
    "stale": "refused", "expired": "refused", "declined": "refused", "withdrawn": "refused", "superseded": "refused",
}  # fmt: skip
SEVERITIES: dict[str, Severity] = {
    "done": "ok", "failed": "critical", "unknown": "critical", "aborted": "warning", "stale": "warning",
    "pending": "info", "approved": "info", "running": "info", "proposed": "info",
}  # fmt: skip
NEEDS = {
    "confirm": "any operator may approve it",
    "second": "an approver who did not ask for it must approve it",
    "grave": "an approver who did not ask for it must approve it and type its name",
}
UNDECIDED = ("proposed", "pending", "approved")
BAR = 10


def plan_reply(connection: sqlite3.Connection, plan: Plan, *, solo: bool = False) -> Reply:
    """The plan as it stands; on the one message that shows it through its life."""
    preview = preview_of(plan.operation)
    decided = approvals.of_plan(connection, plan.id) if plan.id else []
    run = runs.of_plan(connection, plan.id) if plan.id else None
    title = preview.title(plan.args, plan.targets)
    outcome = OUTCOMES.get(plan.state, "fine")
    headline = _headline(plan, title, run)
    return Reply(
        outcome=outcome,
        headline=headline,
        severity=SEVERITIES.get(plan.state, "info"),
        facts=_facts(plan, run),
        parts=(
            Facts((*_figures(plan, decided, run, solo=solo), *_audited(connection, run))),
            *_progress(run),
            *(Text("\n".join(f"• {change}" for change in plan.changes)) for _ in plan.changes[:1]),
            *_before(plan, preview),
            *preview.parts(plan.args, plan.targets),
        ),
        proposals=_proposals(connection, plan, run),
        error=headline if outcome in ("failed", "refused") else None,
        subject=plan.subject if plan.id else None,
    )


def _before(plan: Plan, preview: Preview) -> tuple[Part, ...]:
    """What to know before deciding; to one who reads how it ended it would be no longer true."""
    said = preview.before(plan.args, plan.targets) if plan.state in UNDECIDED else ()
    return tuple(Text(sentence) for sentence in said)


def _headline(plan: Plan, title: str, run: Run | None) -> str:
    name = f"{plan.id}: " if plan.id else ""
    skipped = f"; {count(len(run.skipped), 'target')} gone and skipped" if run and run.skipped else ""
    error = (plan.result or {}).get("error", "")
    said = {
        "proposed": f"This would {title}. Nothing was stored.",
        "pending": f"{name}{title}?",
        "approved": f"{name}approved, and not begun: {title}.",
        "running": f"{name}running: {title}.",
        "done": f"{name}done: {title}{skipped}.",
        "failed": f"{name}failed: {error}",
        "aborted": f"{name}aborted: {error}",
        "unknown": f"{name}nobody knows how it ended: Wavewarden was killed, or failed, in the middle of it. Look before you ask again.",
        "stale": f"{name}nothing was done: what it was approved for has changed.",
        "expired": f"{name}expired: nobody decided in time, and nothing was done.",
        "declined": f"{name}declined: nothing was done.",
        "withdrawn": f"{name}withdrawn: nothing was done.",
        "superseded": f"{name}replaced by {plan.replaced_by}: nothing was done.",
    }
    return said[plan.state]


def _figures(
    plan: Plan, decided: list[Approval], run: Run | None, *, solo: bool
) -> tuple[tuple[str, Value], ...]:
    figures: list[tuple[str, Value]] = [("Asked by", plan.asked_by.name)]
    if plan.state in ("proposed", "pending"):
        people = f" ({plan.needs} people)" if plan.needs > 1 else ""
        figures.append(("Needs", f"{NEEDS[plan.tier]}{people}"))
    if solo and plan.tier != "confirm":
        figures.append(("Solo mode", "one person may approve what they asked"))
    if plan.state == "pending" and plan.blocked:
        figures.append(("Cannot be approved yet", plan.blocked))
    figures += [(approval.decision.capitalize(), _decision(approval)) for approval in decided]
    if plan.state in ("pending", "approved"):
        figures.append(("Expires", When(plan.expires_at)))
    if run:
        figures.append(("Started by", run.started_by.name))
        if run.skipped:
            figures.append(("Skipped, gone meanwhile", listed(run.skipped, 10)))
    if plan.ended_at:
        figures.append(("Ended", When(plan.ended_at)))
    return tuple(figures)


def _audited(connection: sqlite3.Connection, run: Run | None) -> tuple[tuple[str, Value], ...]:
    """The run's last audit entry: told here, it can no longer be cut or rewritten unseen."""
    entry = audit.newest(connection, run.plan) if run and run.ended_at else None
    return (("Audit entry", f"{entry.seq} · {entry.hash[: audit.SHOWN]}"),) if entry else ()


def _decision(approval: Approval) -> str:
    return f"by {approval.caller.name}" + (f": {approval.reason}" if approval.reason else "")


def _progress(run: Run | None) -> tuple[Part, ...]:
    """`█████░░░░░ step 2 of 4: launching`, and what each step did."""
    if run is None or not run.stages:
        return ()
    last = run.stages[-1]
    done = sum(stage.state == "done" for stage in run.stages)
    full = BAR * done // max(last.of, 1)
    bar = f"{'█' * full}{'░' * (BAR - full)} {done} of {count(last.of, 'step')}"
    lines = tuple(f"{stage.number}. {stage.title}: {stage.detail or stage.state}" for stage in run.stages)
    return (Lines((bar, *lines), evidence=False),)


def _proposals(connection: sqlite3.Connection, plan: Plan, run: Run | None) -> tuple[Proposal, ...]:
    if plan.state == "pending":
        asks = plan.tier == "grave"
        approve = Proposal("Approve", f"batch approve {plan.id}", plan.tier, plan.id, asks=asks)
        return (
            *(() if plan.blocked else (approve,)),
            *preview_of(plan.operation).beside(plan.id, plan.targets),
            Proposal("Decline", f"batch decline {plan.id}", plan=plan.id, asks=True),
            Proposal("Withdraw", f"batch withdraw {plan.id}", plan=plan.id),
        )
    if plan.state == "approved":
        return (Proposal("Run", f"batch run {plan.id}", plan=plan.id),)
    if plan.state == "running" and not (run and run.abort_by):
        return (Proposal("Abort", f"batch abort {plan.id}", plan=plan.id),)
    renews = plan.state in ("expired", "stale", "declined", "withdrawn", "unknown", "failed", "aborted")
    renew = (Proposal("Renew", f"batch renew {plan.id}", plan=plan.id),) if renews else ()
    back = way_back.of_plan(connection, plan)
    undo = (Proposal("Undo", f"batch undo {plan.id}", plan=plan.id),) if back else ()
    preview = preview_of(plan.operation)
    then = preview.then(plan.id, plan.args, plan.targets) if plan.state == "done" else ()
    return (*renew, *undo, *then)


def _facts(plan: Plan, run: Run | None) -> dict[str, object]:
    return {
        "plan": plan.id or None,
        "state": plan.state,
        "operation": plan.operation,
        "tier": plan.tier,
        "targets": [target.key for target in plan.targets],
        "digest": plan.digest,
        "expires_at": plan.expires_at.isoformat(),
        "changes": list(plan.changes),
        "skipped": list(run.skipped) if run else [],
        "result": plan.result,
    }
