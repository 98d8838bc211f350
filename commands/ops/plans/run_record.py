"""The record of one run, as it is written down while it goes: claimed, what it is about to do, what it did, its end."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from commands.ops import audit, events, later
from commands.ops.edits import records
from commands.ops.errors import Refusal
from commands.ops.house import House
from commands.ops.machine.processes import identities
from commands.ops.operation import Did, Step, Waiting
from commands.ops.plans import plans, runs
from commands.ops.plans.plans import Outcome, Plan, State
from commands.ops.roles import Caller


@dataclass(frozen=True, slots=True)
class RunRecord:
    """Writes down one run; each piece in a transaction of its own, with its event and its audit entry."""

    house: House
    plan: Plan
    caller: Caller

    def claim(self) -> None:
        """The one conditional update: of all who race for a plan, one gets it.

        Raises:
            Refusal: somebody else did.
        """
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

    def skip(self, skipped: tuple[str, ...]) -> None:
        """Targets that were gone."""
        if skipped:
            with self.house.journal.write() as transaction:
                values = (_json(skipped), self.plan.id)
                transaction.execute("UPDATE runs SET skipped = ? WHERE plan = ?", values)

    def intend(self, number: int, of: int, step: Step, result: dict[str, Any]) -> None:
        """The intent is in the audit log before the step, and what it is about to edit is kept.

        With the first, what takes the run back: nobody may come to write its end.
        """
        foreseen = step.foresees()
        now = self.house.clock.now()
        with self.house.journal.write() as transaction:
            transaction.execute(
                "INSERT INTO steps (plan, number, of, title, state, began_at) VALUES (?, ?, ?, ?, 'running', ?)",
                (self.plan.id, number, of, step.title, now.isoformat()),
            )
            if number == 1:
                plans.keep_result(transaction, self.plan, result)
            records.write(transaction, self.plan.id, number, foreseen)
            audit.append(transaction, now, "intent", self.caller, self.plan.id, step=number, title=step.title)
            events.append(transaction, now, self.plan.subject, "step")

    def progress(self, number: int, waiting: Waiting) -> None:
        """How far a step is; rows that it has edited can go back even if nobody comes to write its result."""
        with self.house.journal.write() as transaction:
            values = (waiting.said, self.plan.id, number)
            transaction.execute("UPDATE steps SET detail = ? WHERE plan = ? AND number = ?", values)
            records.write(transaction, self.plan.id, number, waiting.rows)
            events.append(transaction, self.house.clock.now(), self.plan.subject, "step")

    def result(self, number: int, step: Step, state: str, did: Did) -> None:
        """The rows it edited are kept in the same transaction: what undo goes by."""
        now = self.house.clock.now()
        with self.house.journal.write() as transaction:
            transaction.execute(
                "UPDATE steps SET state = ?, detail = ?, ended_at = ? WHERE plan = ? AND number = ?",
                (state, did.said, now.isoformat(), self.plan.id, number),
            )
            records.write(transaction, self.plan.id, number, did.rows)
            told = {"step": number, "title": step.title, "state": state, "detail": did.said}
            audit.append(transaction, now, "result", self.caller, self.plan.id, **told)
            events.append(transaction, now, self.plan.subject, "step")

    def end(self, state: State, outcome: Outcome) -> Plan:
        """The plan as it ended."""
        now = self.house.clock.now()
        with self.house.journal.write() as transaction:
            running = plans.get(transaction, self.plan.id)
            plans.move(transaction, running, state, now, replace(outcome, by=self.caller))
            transaction.execute(
                "UPDATE runs SET ended_at = ? WHERE plan = ?", (now.isoformat(), self.plan.id)
            )
            audit.append(transaction, now, state, self.caller, self.plan.id, changes=list(outcome.changes))
        return plans.get(self.house.journal.connection(), self.plan.id)

    def ask_later(self, seconds: float, line: str) -> None:
        """A line that is asked by itself, in the plan's thread."""
        due = self.house.clock.now() + timedelta(seconds=seconds)
        with self.house.journal.write() as transaction:
            later.put(transaction, due, line, self.plan.subject, self.caller)

    def abort_by(self) -> str | None:
        """Who asked for a clean end, if anybody did."""
        run = runs.of_plan(self.house.journal.connection(), self.plan.id)
        return run.abort_by if run else None


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
