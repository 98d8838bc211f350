"""Incidents: one troubled resource each, from the first diagnosis that finds trouble to the end, with its cause."""

import json
import sqlite3
from dataclasses import asdict, dataclass
from datetime import datetime

from commands.ops import events, short_ids
from commands.ops.errors import Refusal, WrongUsage
from commands.ops.incidents import timeline
from commands.ops.incidents.timeline import Entry
from commands.ops.roles import Caller

SHOWN = 20  # characters of a wrong id


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident.

    resource: `wave 5 of batch 001`. subject: the line that found the trouble; empty where somebody opened it by hand.
    what: its headline then. owner: who has it in hand, if somebody has; without an id where only a name was typed.
    clear_at: since when a diagnosis finds no trouble any more. cause: in the words of who closed it.
    """

    id: str
    resource: str
    subject: str
    what: str
    severity: str
    opened_at: datetime
    opened_by: Caller
    owner: Caller | None
    clear_at: datetime | None
    closed_at: datetime | None
    closed_by: Caller | None
    cause: str

    @property
    def line(self) -> str:
        """The line that shows it."""
        return timeline.subject_of(self.id)

    @property
    def is_open(self) -> bool:
        """Whether nobody has closed it."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class Finding:
    """What somebody found out about a resource. trouble: None where it could not be judged."""

    resource: str
    subject: str
    headline: str
    severity: str
    trouble: bool | None
    at: datetime
    by: Caller


def get(connection: sqlite3.Connection, incident: str) -> Incident:
    """The incident of this id.

    Raises:
        WrongUsage: there is none.
    """
    row = connection.execute("SELECT * FROM incidents WHERE id = ?", (incident.upper(),)).fetchone()
    if row is None:
        raise WrongUsage(
            f"There is no incident {incident[:SHOWN]}; “batch incident list” shows those there are."
        )
    return _incident(row)


def open_about(connection: sqlite3.Connection, resource: str) -> Incident | None:
    """The open incident about this resource."""
    query = "SELECT * FROM incidents WHERE resource = ? AND closed_at IS NULL"
    row = connection.execute(query, (resource,)).fetchone()
    return _incident(row) if row else None


def all_open(connection: sqlite3.Connection) -> tuple[Incident, ...]:
    """Those that nobody has closed, the oldest first."""
    rows = connection.execute("SELECT * FROM incidents WHERE closed_at IS NULL ORDER BY opened_at, id")
    return tuple(_incident(row) for row in rows)


def newest_closed(connection: sqlite3.Connection, most: int) -> tuple[Incident, ...]:
    """Those closed last, the newest first."""
    query = "SELECT * FROM incidents WHERE closed_at IS NOT NULL ORDER BY closed_at DESC, id LIMIT ?"
    return tuple(_incident(row) for row in connection.execute(query, (most,)))


def begin(transaction: sqlite3.Connection, found: Finding) -> Incident:
    """Open one in an open transaction; where one is open about this resource already, that one."""
    if known := open_about(transaction, found.resource):
        return known
    made = short_ids.free(transaction, "I", "incidents")
    transaction.execute(
        "INSERT INTO incidents (id, resource, subject, what, severity, opened_at, opened_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            *(made, found.resource, found.subject, found.headline, found.severity),
            *(found.at.isoformat(), _who(found.by)),
        ),
    )
    timeline.add(transaction, made, Entry(found.at, "opened", found.by, found.headline, found.subject))
    return get(transaction, made)


def note_finding(transaction: sqlite3.Connection, incident: Incident, found: Finding) -> Incident:
    """Write a later diagnosis down: as one more, as the first without trouble, or as the trouble come back."""
    kind = _kind(incident, found)
    if kind in ("clear", "back"):
        clear_at = found.at.isoformat() if kind == "clear" else None
        transaction.execute("UPDATE incidents SET clear_at = ? WHERE id = ?", (clear_at, incident.id))
    timeline.add(transaction, incident.id, Entry(found.at, kind, found.by, found.headline, found.subject))
    return get(transaction, incident.id)


def hand(
    transaction: sqlite3.Connection, incident: Incident, owner: Caller, at: datetime, by: Caller
) -> None:
    """Give it to somebody, in an open transaction.

    Raises:
        Refusal: it is closed.
    """
    _must_be_open(transaction, incident)
    transaction.execute("UPDATE incidents SET owner = ? WHERE id = ?", (_who(owner), incident.id))
    timeline.add(transaction, incident.id, Entry(at, "handed", by, owner.name))


def close(transaction: sqlite3.Connection, incident: Incident, cause: str, at: datetime, by: Caller) -> None:
    """End it with its cause, in an open transaction.

    Raises:
        Refusal: it is closed.
    """
    _must_be_open(transaction, incident)
    transaction.execute(
        "UPDATE incidents SET closed_at = ?, closed_by = ?, cause = ? WHERE id = ?",
        (at.isoformat(), _who(by), cause, incident.id),
    )
    timeline.add(transaction, incident.id, Entry(at, "closed", by, cause))
    if incident.subject:  # its message no longer belongs to an open incident
        events.append(transaction, at, incident.subject, "closed")


def _kind(incident: Incident, found: Finding) -> timeline.Kind:
    if found.trouble is False and incident.clear_at is None:
        return "clear"
    return "back" if found.trouble and incident.clear_at else "diagnosis"


def _must_be_open(transaction: sqlite3.Connection, incident: Incident) -> None:
    now = get(transaction, incident.id)
    if now.closed_by:
        raise Refusal(f"{now.id} was closed by {now.closed_by.name} already: {now.cause}")


def _caller(text: str | None) -> Caller | None:
    return Caller(**json.loads(text)) if text else None


def _who(caller: Caller) -> str:
    return json.dumps(asdict(caller), sort_keys=True)


def _incident(row: sqlite3.Row) -> Incident:
    moments = {name: row[name] for name in ("clear_at", "closed_at")}
    return Incident(
        id=row["id"],
        resource=row["resource"],
        subject=row["subject"],
        what=row["what"],
        severity=row["severity"],
        opened_at=datetime.fromisoformat(row["opened_at"]),
        opened_by=Caller(**json.loads(row["opened_by"])),
        owner=_caller(row["owner"]),
        closed_by=_caller(row["closed_by"]),
        cause=row["cause"],
        **{name: datetime.fromisoformat(text) if text else None for name, text in moments.items()},
    )
