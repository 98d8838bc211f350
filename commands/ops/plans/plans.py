"""Plans: exact, stored, changing operations, and how they come to be."""

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from commands.ops import audit, events, later, short_ids
from commands.ops.errors import WrongUsage
from commands.ops.house import House
from commands.ops.incidents import resources, timeline
from commands.ops.incidents.timeline import Entry
from commands.ops.operation import Args, Operation, Target, Tier, strictest
from commands.ops.roles import Caller

State = Literal[
    "proposed", "pending", "approved", "running", "done", "failed", "aborted", "unknown",
    "declined", "withdrawn", "expired", "stale", "superseded",
]  # fmt: skip
OPEN: tuple[State, ...] = ("pending", "approved", "running")

PENDING_OF = "SELECT * FROM plans WHERE state = 'pending' AND operation = ? ORDER BY asked_at"
CONFIRM_FOR = timedelta(minutes=15)
OTHERS_FOR = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan. `line` is what was asked; `needs` how many approvals; `changes` what made it stale, in words.

    resources: what it changes, as incidents call it.
    """

    id: str
    operation: str
    line: str
    args: Args
    targets: tuple[Target, ...]
    digest: str
    tier: Tier
    needs: int
    state: State
    asked_by: Caller
    asked_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    changes: tuple[str, ...] = ()
    result: Any = None
    replaced_by: str | None = None
    resources: tuple[str, ...] = ()

    @property
    def blocked(self) -> str:
        """Why nobody may approve it as it is; empty if one may."""
        return next((target.blocks for target in self.targets if target.blocks), "")

    @property
    def subject(self) -> str:
        """The line that shows it."""
        return f"batch plan {self.id}"


def draft(house: House, operation: Operation, args: Args, line: str, caller: Caller) -> Plan:
    """Look, and make the plan; nothing is stored.

    Raises:
        OpsError: it cannot be done; the sentence says why.
    """
    targets = operation.look(house, args)
    tier = _tier(house, operation, args)
    now = house.clock.now()
    return Plan(
        id="",
        operation=operation.name,
        line=line,
        args=args,
        targets=targets,
        digest=digest(operation.name, args, targets),
        tier=tier,
        needs=max(
            house.settings.approvals.needed.get(name, 1) for name in (operation.name, *operation.parts)
        ),
        state="proposed",
        asked_by=caller,
        asked_at=now,
        expires_at=now + (CONFIRM_FOR if tier == "confirm" else OTHERS_FOR),
        resources=tuple(
            dict.fromkeys([*_undone(house, args), *resources.of_work(line, operation.locks(args, targets))])
        ),
    )


def _undone(house: House, args: Args) -> tuple[str, ...]:
    """What the plan was about that this one takes back: it belongs to the same incident."""
    return get(house.journal.connection(), str(args["plan"])).resources[:1] if "plan" in args else ()


def store(house: House, plan: Plan, in_place_of: Collection[str] = ()) -> Plan:
    """Store a draft as a pending plan.

    It supersedes those that it is made in place of, by their ids, and an older one of the same operation and args,
    as far as they are still pending.
    """
    with house.journal.write() as transaction:
        stored = replace(plan, id=short_ids.free(transaction, "P", "plans"), state="pending")
        older = [
            other
            for other in map(_plan, transaction.execute(PENDING_OF, (plan.operation,)))
            if other.id in in_place_of or _json(other.args) == _json(plan.args)
        ]
        _insert(transaction, stored)
        for other in older:
            move(transaction, other, "superseded", stored.asked_at, Outcome(replaced_by=stored.id))
        audit.append(
            transaction,
            stored.asked_at,
            "asked",
            stored.asked_by,
            stored.id,
            line=stored.line,
            digest=stored.digest,
        )
        data = {"tier": stored.tier, "face": stored.asked_by.face}
        events.append(transaction, stored.asked_at, stored.subject, "pending", data)
        _onto_timelines(transaction, stored, "pending", stored.asked_at, Outcome(by=stored.asked_by))
        # Looked at when its time has passed, so that it expires though nobody asks.
        later.put(transaction, stored.expires_at, stored.subject, stored.subject, stored.asked_by)
    return stored


def get(connection: sqlite3.Connection, plan_id: str) -> Plan:
    """The plan of this id.

    Raises:
        WrongUsage: there is none.
    """
    row = connection.execute("SELECT * FROM plans WHERE id = ?", (plan_id.upper(),)).fetchone()
    if row is None:
        raise WrongUsage(f"There is no plan {plan_id[:20]}; “batch pending” lists those that wait.")
    return _plan(row)


def in_states(connection: sqlite3.Connection, states: Iterable[State], last: int = 50) -> list[Plan]:
    """The newest plans in any of these states, newest first."""
    wanted = tuple(states)
    marks = ", ".join("?" * len(wanted))
    query = f"SELECT * FROM plans WHERE state IN ({marks}) ORDER BY asked_at DESC, id LIMIT ?"  # noqa: S608 - marks only
    return [_plan(row) for row in connection.execute(query, (*wanted, last))]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is written with a new state: why it is stale, what came out, what took its place, who brought it about."""

    changes: tuple[str, ...] = ()
    result: object = None
    replaced_by: str | None = None
    by: Caller | None = None


NOTHING = Outcome()


def move(
    transaction: sqlite3.Connection, plan: Plan, after: State, at: datetime, outcome: Outcome = NOTHING
) -> bool:
    """Move a plan, if it still is in the state in which we saw it: the one way in which a state changes.

    False if it is not. Ended states are nobody's start, so they never change.
    """
    if plan.state not in OPEN:
        return False
    cursor = transaction.execute(
        "UPDATE plans SET state = ?, ended_at = ?, changes = ?, result = COALESCE(?, result), replaced_by = ?"
        " WHERE id = ? AND state = ?",
        (
            after,
            None if after in OPEN else at.isoformat(),
            json.dumps(outcome.changes),
            None if outcome.result is None else _json(outcome.result),
            outcome.replaced_by,
            plan.id,
            plan.state,
        ),
    )
    if cursor.rowcount == 1:
        events.append(transaction, at, plan.subject, after)
        _onto_timelines(transaction, plan, after, at, outcome)
    return cursor.rowcount == 1


def keep_result(transaction: sqlite3.Connection, plan: Plan, result: object) -> None:
    """What a run that nobody carries to its end is taken back by, in an open transaction."""
    transaction.execute("UPDATE plans SET result = ? WHERE id = ?", (_json(result), plan.id))


def digest(operation: str, args: Args, targets: tuple[Target, ...]) -> str:
    """What an approval is bound to: the operation, its args, and the identity of every target."""
    content = [operation, args, [[target.key, target.identity] for target in targets]]
    return hashlib.blake2b(_json(content).encode(), digest_size=16).hexdigest()


def _tier(house: House, operation: Operation, args: Args) -> Tier:
    raised = (
        house.settings.approvals.tiers.get(name, operation.tier)
        for name in (operation.name, *operation.parts)
    )
    return strictest(operation.tier, operation.raised(args), *raised)


def _onto_timelines(
    transaction: sqlite3.Connection, plan: Plan, state: State, at: datetime, outcome: Outcome
) -> None:
    """Incidents about what it changes are told of each of its states."""
    error = outcome.result.get("error") if isinstance(outcome.result, dict) else None
    text = f"{plan.id} {state}: {plan.line}" + (f". {error}" if error else "")
    entry = Entry(at, timeline.kind_of_plan(state), outcome.by, text, plan.subject)
    timeline.add_about(transaction, plan.resources, entry)


def _insert(transaction: sqlite3.Connection, plan: Plan) -> None:
    columns = "id, operation, line, args, targets, digest, tier, needs, state, asked_by, asked_at, expires_at, resources"
    transaction.execute(
        f"INSERT INTO plans ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own text
        (
            *(plan.id, plan.operation, plan.line, _json(plan.args)),
            _json([asdict(target) for target in plan.targets]),
            *(plan.digest, plan.tier, plan.needs, plan.state),
            _json(asdict(plan.asked_by)),
            *(plan.asked_at.isoformat(), plan.expires_at.isoformat(), _json(plan.resources)),
        ),
    )


def _plan(row: sqlite3.Row) -> Plan:
    return Plan(
        id=row["id"],
        operation=row["operation"],
        line=row["line"],
        args=json.loads(row["args"]),
        targets=tuple(Target(**target) for target in json.loads(row["targets"])),
        digest=row["digest"],
        tier=row["tier"],
        needs=row["needs"],
        state=row["state"],
        asked_by=Caller(**json.loads(row["asked_by"])),
        asked_at=datetime.fromisoformat(row["asked_at"]),
        expires_at=datetime.fromisoformat(row["expires_at"]),
        ended_at=datetime.fromisoformat(row["ended_at"]) if row["ended_at"] else None,
        changes=tuple(json.loads(row["changes"])),
        result=json.loads(row["result"]) if row["result"] else None,
        replaced_by=row["replaced_by"],
        resources=tuple(json.loads(row["resources"])),
    )


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
