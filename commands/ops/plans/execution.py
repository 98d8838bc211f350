"""The execution of one approved plan: claimed once, looked at again, step by step, to its end."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from commands.ops import audit
from commands.ops.errors import OpsError, Refusal
from commands.ops.house import House
from commands.ops.machine.locks.locks import LockHeld, named_lock
from commands.ops.operation import Did, NothingDone, Operation, PartlyDone, Step, Waiting
from commands.ops.plans import approvals, plans, runs
from commands.ops.plans.compare import Compared, compared
from commands.ops.plans.plans import NOTHING, Outcome, Plan, State
from commands.ops.plans.run_record import RunRecord
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
    _record: RunRecord = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_record", RunRecord(self.house, self.plan, self.caller))

    def run(self) -> Plan:
        """To its end; returns the plan as it ended.

        Raises:
            Refusal: it is not approved, somebody else claimed it, an approver no longer is one, or a lock is held.
        """
        self._still_approved()
        with self._locked():
            self._record.claim()
            look = compared(self.house, self.operation, self.plan)
            if look.changes:
                return self._record.end("stale", Outcome(changes=look.changes))
            self._record.skip(look.skipped)
            try:
                return self._steps(look)
            except BaseException:  # a bug of ours in the middle of it: what was done is not known
                self._record.end("unknown", NOTHING)
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

    def _steps(self, look: Compared) -> Plan:
        steps = list(self.operation.steps(self.house, self.plan.args, look.left))
        undo = self.operation.undo(self.house, self.plan.args, look.left)
        result: dict[str, Any] = {"targets": [target.key for target in look.left], "undo": undo}
        for number, step in enumerate(steps, start=1):
            if step.abortable and (by := self._record.abort_by()):
                done = result if number > 1 else {**result, "undo": None}
                return self._record.end("aborted", _failed(done, f"{by} aborted it before “{step.title}”."))
            self._record.intend(number, len(steps), step, result)
            try:
                did = self._act(number, step)
            except NothingDone as error:
                self._record.result(number, step, "failed", Did(error.sentence))
                return self._record.end("failed", _failed({**result, "undo": None}, error.sentence))
            except PartlyDone as error:
                self._record.result(number, step, "failed", Did(error.sentence, error.rows))
                ended: State = "aborted" if isinstance(error, _Aborted) else "failed"
                return self._record.end(ended, _failed(result, error.sentence))
            self._record.result(number, step, "done", did)
        if wanted := self.operation.follow_up(self.house, self.plan.id):
            self._record.ask_later(*wanted)
        return self._record.end("done", Outcome(result=result))

    def _act(self, number: int, step: Step) -> Did:
        """Do a step; one that waits is asked again and again, and ends at once when somebody aborts the run."""
        never, told = threading.Event(), Waiting("")
        try:
            while (did := step.act()) is None or isinstance(did, Waiting):
                if did and did != told:
                    self._record.progress(number, told := did)
                self.house.clock.wait(AGAIN_SECONDS, never)
                if step.abortable and (by := self._record.abort_by()):
                    raise _Aborted(f"{by} aborted it during “{step.title}”.", told.rows)
        except (PartlyDone, NothingDone):
            raise
        except OpsError as error:
            raise PartlyDone(error.sentence, told.rows) from None
        return Did(did) if isinstance(did, str) else did


class _Aborted(PartlyDone):
    """Somebody aborted the run while a step waited."""


def _failed(result: dict[str, Any], error: str) -> Outcome:
    return Outcome(result={**result, "error": error})


def _held(plan: Plan, name: str, held: LockHeld) -> str:
    since = f" since {held.since:%H:%M} UTC" if held.since else ""
    return f"“{name}” is held by {held.holder or 'somebody'}{since}; {plan.id} stays approved: run it again when that has ended."
