"""Escalations: handed over to the people on call, called out again until somebody takes it, and resolved."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from commands.ops import events, short_ids
from commands.ops.errors import Refusal, WrongUsage
from commands.ops.events import JsonValue
from commands.ops.incidents import timeline
from commands.ops.incidents.timeline import Entry
from commands.ops.roles import Caller

DIRECTORY = "escalations"  # of their files, in the state directory
SHOWN = 20  # characters of a wrong id


@dataclass(frozen=True, slots=True)
class Escalation:
    """One escalation.

    incident: its id; None where it is about no incident. fields: the runbook's, by name, as they were sent.
    text: of these, as it is posted. files: the names of what is attached, in `directory`, which is relative to the
    state directory.
    posted_at: since when the people on call can read it. problem: why they cannot. calls: how often they were called
    again. taken, resolved: by whom and when; None where nobody did.
    """

    id: str
    incident: str | None
    fields: Mapping[str, str]
    text: str
    files: tuple[str, ...]
    directory: str
    asked_at: datetime
    asked_by: Caller
    posted_at: datetime | None
    problem: str
    calls: int
    taken_at: datetime | None
    taken_by: Caller | None
    resolved_at: datetime | None
    resolved_by: Caller | None

    @property
    def line(self) -> str:
        """The line that shows it, of which its events are."""
        return subject_of(self.id)

    @property
    def waits(self) -> bool:
        """Whether nobody has it in hand."""
        return self.taken_at is None and self.resolved_at is None


@dataclass(frozen=True, slots=True)
class Handover:
    """What is handed over, before it has an id."""

    incident: str | None
    fields: Mapping[str, str]
    text: str
    at: datetime
    by: Caller


def subject_of(escalation: str) -> str:
    """The line that shows an escalation."""
    return f"batch escalation show {escalation}"


def get(connection: sqlite3.Connection, escalation: str) -> Escalation:
    """The escalation of this id.

    Raises:
        WrongUsage: there is none.
    """
    row = connection.execute("SELECT * FROM escalations WHERE id = ?", (escalation.upper(),)).fetchone()
    if row is None:
        raise WrongUsage(f"There is no escalation {escalation[:SHOWN]}; “batch escalation list” shows them.")
    return _escalation(row)


def open_about(connection: sqlite3.Connection, incident: str) -> Escalation | None:
    """The one of this incident that nobody has resolved."""
    query = "SELECT * FROM escalations WHERE incident = ? AND resolved_at IS NULL"
    row = connection.execute(query, (incident,)).fetchone()
    return _escalation(row) if row else None


def all_open(connection: sqlite3.Connection) -> tuple[Escalation, ...]:
    """Those that nobody has resolved, the oldest first."""
    rows = connection.execute("SELECT * FROM escalations WHERE resolved_at IS NULL ORDER BY asked_at, id")
    return tuple(_escalation(row) for row in rows)


def begin(transaction: sqlite3.Connection, given: Handover) -> Escalation:
    """Hand it over in an open transaction; where this incident is handed over already, that escalation."""
    if given.incident and (known := open_about(transaction, given.incident)):
        return known
    made = short_ids.free(transaction, "E", "escalations")
    directory = f"{DIRECTORY}/{given.at:%Y-%m-%dT%H%M%SZ}-{made}"
    transaction.execute(
        "INSERT INTO escalations (id, incident, fields, text, files, directory, asked_at, asked_by)"
        " VALUES (?, ?, ?, ?, '[]', ?, ?, ?)",
        (
            made,
            given.incident,
            json.dumps(dict(given.fields)),
            given.text,
            directory,
            given.at.isoformat(),
            _who(given.by),
        ),
    )
    return get(transaction, made)


def hand_over(transaction: sqlite3.Connection, known: Escalation, files: tuple[str, ...]) -> None:
    """Tell of it, once its files lie in its directory, in an open transaction."""
    transaction.execute("UPDATE escalations SET files = ? WHERE id = ?", (json.dumps(files), known.id))
    _happened(
        transaction, known, "escalated", Entry(known.asked_at, "escalation", known.asked_by, "escalated")
    )


def posted(transaction: sqlite3.Connection, known: Escalation, at: datetime) -> None:
    """The people on call can read it, in an open transaction."""
    transaction.execute(
        "UPDATE escalations SET posted_at = ?, problem = '' WHERE id = ?", (at.isoformat(), known.id)
    )
    events.append(transaction, at, known.line, "escalation posted")


def not_posted(transaction: sqlite3.Connection, known: Escalation, problem: str, at: datetime) -> None:
    """They cannot, and why, in an open transaction."""
    transaction.execute("UPDATE escalations SET problem = ? WHERE id = ?", (problem, known.id))
    events.append(transaction, at, known.line, "escalation not posted", {"problem": problem})


def post_again(transaction: sqlite3.Connection, known: Escalation, at: datetime) -> None:
    """Try once more to post it, in an open transaction; one that is posted stays as it is."""
    if known.posted_at is None:
        transaction.execute("UPDATE escalations SET problem = '' WHERE id = ?", (known.id,))
        events.append(transaction, at, known.line, "escalated")


def call_again(transaction: sqlite3.Connection, known: Escalation, most: int, at: datetime) -> bool:
    """Call once more, or say that nobody answers after `most` calls, in an open transaction; whether it was called."""
    if known.calls >= most:
        events.append(transaction, at, known.line, "escalation unanswered", {"calls": known.calls})
        return False
    number = known.calls + 1
    transaction.execute("UPDATE escalations SET calls = ? WHERE id = ?", (number, known.id))
    events.append(transaction, at, known.line, "escalation call", {"number": number, "of": most})
    return True


def take(transaction: sqlite3.Connection, known: Escalation, at: datetime, by: Caller) -> None:
    """Somebody has it in hand, in an open transaction.

    Raises:
        Refusal: somebody had taken or resolved it before.
    """
    now = get(transaction, known.id)
    _must_be_open(now)
    if now.taken_by:
        raise Refusal(f"{now.taken_by.name} is on {now.id} already.")
    transaction.execute(
        "UPDATE escalations SET taken_at = ?, taken_by = ? WHERE id = ?", (at.isoformat(), _who(by), now.id)
    )
    _happened(transaction, now, "escalation taken", Entry(at, "escalation", by, "is on it"))


def question(transaction: sqlite3.Connection, known: Escalation, text: str, at: datetime, by: Caller) -> None:
    """Somebody needs to know more, in an open transaction.

    Raises:
        Refusal: it is resolved.
    """
    _must_be_open(get(transaction, known.id))
    entry = Entry(at, "escalation", by, f"asks: {text}")
    _happened(transaction, known, "escalation question", entry, {"text": text})


def resolve(transaction: sqlite3.Connection, known: Escalation, at: datetime, by: Caller) -> None:
    """It is over, in an open transaction.

    Raises:
        Refusal: it was resolved before.
    """
    _must_be_open(get(transaction, known.id))
    transaction.execute(
        "UPDATE escalations SET resolved_at = ?, resolved_by = ? WHERE id = ?",
        (at.isoformat(), _who(by), known.id),
    )
    _happened(transaction, known, "escalation resolved", Entry(at, "escalation", by, "resolved it"))


def _happened(
    transaction: sqlite3.Connection,
    known: Escalation,
    kind: str,
    entry: Entry,
    data: Mapping[str, JsonValue] | None = None,
) -> None:
    """An event of it, and an entry on its incident's timeline."""
    by = {"by": entry.who.name, "by_id": entry.who.id, "face": entry.who.face} if entry.who else {}
    events.append(transaction, entry.at, known.line, kind, {**by, **(data or {})})
    if known.incident:
        told = Entry(entry.at, entry.kind, entry.who, f"{known.id}: {entry.text}", known.line)
        timeline.add(transaction, known.incident, told)


def _must_be_open(known: Escalation) -> None:
    if known.resolved_by:
        raise Refusal(f"{known.id} was resolved by {known.resolved_by.name} already.")


def _who(caller: Caller) -> str:
    return json.dumps(asdict(caller), sort_keys=True)


def _caller(text: str | None) -> Caller | None:
    return Caller(**json.loads(text)) if text else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _escalation(row: sqlite3.Row) -> Escalation:
    return Escalation(
        id=row["id"],
        incident=row["incident"],
        fields=json.loads(row["fields"]),
        text=row["text"],
        files=tuple(json.loads(row["files"])),
        directory=row["directory"],
        asked_at=datetime.fromisoformat(row["asked_at"]),
        asked_by=Caller(**json.loads(row["asked_by"])),
        posted_at=_moment(row["posted_at"]),
        problem=row["problem"],
        calls=row["calls"],
        taken_at=_moment(row["taken_at"]),
        taken_by=_caller(row["taken_by"]),
        resolved_at=_moment(row["resolved_at"]),
        resolved_by=_caller(row["resolved_by"]),
    )
