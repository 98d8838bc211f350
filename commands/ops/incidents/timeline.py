"""The timeline of an incident: what was seen, said, planned and done about it, in order."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from commands.ops import events
from commands.ops.roles import Caller

Kind = Literal[
    "opened", "diagnosis", "clear", "back", "plan", "decision", "run", "note", "handed",
    "escalation", "closed",
]  # fmt: skip
PLAN_KINDS: dict[str, Kind] = {
    "pending": "plan",
    "expired": "plan",
    "superseded": "plan",
    "stale": "plan",
    "approved": "decision",
    "declined": "decision",
    "withdrawn": "decision",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. who: None where nobody did it. link: the line that shows the plan or diagnosis; may be empty."""

    at: datetime
    kind: Kind
    who: Caller | None
    text: str
    link: str = ""


def subject_of(incident: str) -> str:
    """The line that shows an incident, of which its events are."""
    return f"batch incident show {incident}"


def add(transaction: sqlite3.Connection, incident: str, entry: Entry) -> None:
    """Write an entry into an open transaction, with an event of the incident: `incident opened`."""
    transaction.execute(
        "INSERT INTO timeline (incident, at, kind, who, text, link) VALUES (?, ?, ?, ?, ?, ?)",
        (
            incident,
            entry.at.isoformat(),
            entry.kind,
            json.dumps(asdict(entry.who)) if entry.who else None,
            entry.text,
            entry.link,
        ),
    )
    by = {"by": entry.who.name, "face": entry.who.face} if entry.who else {}
    events.append(transaction, entry.at, subject_of(incident), f"incident {entry.kind}", by)


def add_about(transaction: sqlite3.Connection, resources: Sequence[str] | None, entry: Entry) -> None:
    """Write an entry onto the timeline of every open incident about one of these resources; None is about all."""
    rows = transaction.execute("SELECT id, resource FROM incidents WHERE closed_at IS NULL").fetchall()
    for row in rows:
        if resources is None or row["resource"] in resources:
            add(transaction, row["id"], entry)


def kind_of_plan(state: str) -> Kind:
    """What a plan's new state is to an incident."""
    return PLAN_KINDS.get(state, "run")


def of_incident(connection: sqlite3.Connection, incident: str) -> tuple[Entry, ...]:
    """All of it, oldest first."""
    rows = connection.execute("SELECT * FROM timeline WHERE incident = ? ORDER BY seq", (incident,))
    return tuple(_entry(row) for row in rows)


def _entry(row: sqlite3.Row) -> Entry:
    who = Caller(**json.loads(row["who"])) if row["who"] else None
    return Entry(datetime.fromisoformat(row["at"]), row["kind"], who, row["text"], row["link"])
