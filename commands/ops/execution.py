"""The execution of one approved plan: claimed once, looked at again, step by step, to its end."""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from commands.ops import approvals, audit, events, later, plans, row_records, runs
from commands.ops.compare import Compared, compared
from commands.ops.errors import OpsError, Refusal
from commands.ops.house import House
from commands.ops.machine import identities
from commands.ops.machine.locks import LockHeld, named_lock
from commands.ops.operation import Did, Operation, PartlyDone, Step, Waiting
from commands.ops.plans import NOTHING, Outcome, Plan, State
from commands.ops.roles import Caller

LOCK_SECONDS = 5.0
AGAIN_SECONDS = 1.0  # between two looks of a step that waits


@dataclass(frozen=True, slots=True)
class Execution:
    """Carries out one plan, in the thread that calls it."""

    house: House
    operation: Operation
    plan: Plan
    caller: Caller

    def run(self) -> Plan:
        """To its end; returns the plan as it ended.

        Raises:
            Refusal: it is not approved, somebody else claimed it, an approver no longer is one, or a lock is held.
        """
        self._still_approved()
        with self._locked():
            self._claim()
            look = compared(self.house, self.operation, self.plan)
            if look.changes:
                return self._end("stale", Outcome(changes=look.changes))
            self._skip(look.skipped)
            try:
                return self._steps(look)
            except BaseException:  # a bug of ours in the middle of it: what was done is not known
                self._end("unknown", NOTHING)
                raise

    def _still_approved(self) -> None:
        """An approver is one at the click, and again before the run; break-glass stands by itself."""
        connection = self.house.journal.connection()
        if self.plan.state != "approved":
            run = runs.of_plan(connection, self.plan.id)
            by = f", started by {run.started_by.name}" if run else ""
            raise Refusal(f"{self.plan.id} is {self.plan.state}{by}: it cannot be run.")
        decided = approvals.of_plan(connection, self.plan.id)
        if any(approval.reason.startswith(approvals.BREAK_GLASS) for approval in decided):
            return
        for approval in decided:
            if void := approvals.may_not(self.house, self.plan, approval.caller):
                self._void(approval.caller, void)

    def _void(self, approver: Caller, why: str) -> None:
        now = self.house.clock.now()
        change = f"{approver.name} approved it and may no longer approve it"
        with self.house.journal.write() as transaction:
            plans.move(transaction, self.plan, "stale", now, Outcome(changes=(change,), by=approver))
            audit.append(transaction, now, "approval void", approver, self.plan.id, why=why)
        raise Refusal(f"Nothing was done: {change}. Ask for a fresh plan with “batch renew {self.plan.id}”.")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Every named resource, in one order for all, so that two runs never wait for each other."""
        with ExitStack() as stack:
            for name in sorted(self.operation.locks(self.plan.args, self.plan.targets)):
                lock = named_lock(
                    self.house.settings.state, name, f"{self.plan.id} ({self.plan.line})", LOCK_SECONDS
                )
                try:
                    stack.enter_context(lock)
                except LockHeld as held:
                    raise Refusal(_held(self.plan, name, held)) from None
            yield

    def _claim(self) -> None:
        """The one conditional update: of all who race for a plan, one gets it."""
        now = self.house.clock.now()
        with self.house.journal.write() as transaction:
            if not plans.move(transaction, self.plan, "running", now, Outcome(by=self.caller)):
                run = runs.of_plan(transaction, self.plan.id)
                by = run.started_by.name if run else "somebody else"
                raise Refusal(f"{self.plan.id} was started by {by} already.")
            process = identities.ourselves().as_json()
            transaction.execute(
                "INSERT INTO runs (plan, started_by, started_at, process) VALUES (?, ?, ?, ?)",
                (self.plan.id, _json(asdict(self.caller)), now.isoformat(), _json(process)),
            )
            audit.append(transaction, now, "claimed", self.caller, self.plan.id, digest=self.plan.digest)

    def _skip(self, skipped: tuple[str, ...]) -> None:
        if skipped:
            with self.house.journal.write() as transaction:
                values = (_json(skipped), self.plan.id)
                transaction.execute("UPDATE runs SET skipped = ? WHERE plan = ?", values)

    def _steps(self, look: Compared) -> Plan:
        steps = list(self.operation.steps(self.house, self.plan.args, look.left))
        undo = self.operation.undo(self.house, self.plan.args, look.left)
        result: dict[str, Any] = {"targets": [target.key for target in look.left], "undo": undo}
        for number, step in enumerate(steps, start=1):
            if step.abortable and (by := self._abort_by()):
                return self._end("aborted", _failed(result, f"{by} aborted it before “{step.title}”."))
            self._intend(number, len(steps), step)
            try:
                did = self._act(number, step)
            except PartlyDone as error:
                self._write_result(number, step, "failed", Did(error.sentence, error.rows))
                ended: State = "aborted" if isinstance(error, _Aborted) else "failed"
                return self._end(ended, _failed(result, error.sentence))
            self._write_result(number, step, "done", did)
        self._follow_up()
        return self._end("done", Outcome(result=result))

    def _act(self, number: int, step: Step) -> Did:
        """Do a step; one that waits is asked again and again, and ends at once when somebody aborts the run."""
        never, told = threading.Event(), Waiting("")
        try:
            while (did := step.act()) is None or isinstance(did, Waiting):
                if did and did != told:
                    self._write_progress(number, told := did)
                self.house.clock.wait(AGAIN_SECONDS, never)
                if step.abortable and (by := self._abort_by()):
                    raise _Aborted(f"{by} aborted it during “{step.title}”.", told.rows)
        except PartlyDone:
            raise
        except OpsError as error:
            raise PartlyDone(error.sentence, told.rows) from None
        return Did(did) if isinstance(did, str) else did

    def _follow_up(self) -> None:
        if wanted := self.operation.follow_up(self.house, self.plan.id):
            seconds, line = wanted
            due = self.house.clock.now() + timedelta(seconds=seconds)
            with self.house.journal.write() as transaction:
                later.put(transaction, due, line, self.plan.subject, self.caller)

    def _intend(self, number: int, of: int, step: Step) -> None:
        """The intent is in the audit log before the step, and what it is about to edit is kept."""
        foreseen = step.foresees()
        now = self.house.clock.now()
        with self.house.journal.write() as transaction:
            transaction.execute(
                "INSERT INTO steps (plan, number, of, title, state, began_at) VALUES (?, ?, ?, ?, 'running', ?)",
                (self.plan.id, number, of, step.title, now.isoformat()),
            )
            row_records.write(transaction, self.plan.id, number, foreseen)
            audit.append(transaction, now, "intent", self.caller, self.plan.id, step=number, title=step.title)
            events.append(transaction, now, self.plan.subject, "step")

    def _write_progress(self, number: int, waiting: Waiting) -> None:
        """How far a step is; rows that it has edited can go back even if nobody comes to write its result."""
        with self.house.journal.write() as transaction:
            values = (waiting.said, self.plan.id, number)
            transaction.execute("UPDATE steps SET detail = ? WHERE plan = ? AND number = ?", values)
            row_records.write(transaction, self.plan.id, number, waiting.rows)
            events.append(transaction, self.house.clock.now(), self.plan.subject, "step")

    def _write_result(self, number: int, step: Step, state: str, did: Did) -> None:
        """The rows it edited are kept in the same transaction: what undo goes by."""
        now = self.house.clock.now()
        with self.house.journal.write() as transaction:
            transaction.execute(
                "UPDATE steps SET state = ?, detail = ?, ended_at = ? WHERE plan = ? AND number = ?",
                (state, did.said, now.isoformat(), self.plan.id, number),
            )
            row_records.write(transaction, self.plan.id, number, did.rows)
            told = {"step": number, "title": step.title, "state": state, "detail": did.said}
            audit.append(transaction, now, "result", self.caller, self.plan.id, **told)
            events.append(transaction, now, self.plan.subject, "step")

    def _end(self, state: State, outcome: Outcome) -> Plan:
        now = self.house.clock.now()
        with self.house.journal.write() as transaction:
            running = plans.get(transaction, self.plan.id)
            plans.move(transaction, running, state, now, replace(outcome, by=self.caller))
            transaction.execute(
                "UPDATE runs SET ended_at = ? WHERE plan = ?", (now.isoformat(), self.plan.id)
            )
            audit.append(transaction, now, state, self.caller, self.plan.id, changes=list(outcome.changes))
        return plans.get(self.house.journal.connection(), self.plan.id)

    def _abort_by(self) -> str | None:
        run = runs.of_plan(self.house.journal.connection(), self.plan.id)
        return run.abort_by if run else None


class _Aborted(PartlyDone):
    """Somebody aborted the run while a step waited."""


def _failed(result: dict[str, Any], error: str) -> Outcome:
    return Outcome(result={**result, "error": error})


def _held(plan: Plan, name: str, held: LockHeld) -> str:
    since = f" since {held.since:%H:%M} UTC" if held.since else ""
    return f"“{name}” is held by {held.holder or 'somebody'}{since}; {plan.id} stays approved: run it again when that has ended."


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
