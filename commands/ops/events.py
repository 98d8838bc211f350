"""Events: each change of state, in order, in the transaction that makes it; everything live follows them."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

JsonValue = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Event:
    """One change. `subject` is what changed (`plan P-7K2Q`), `kind` how (`approved`)."""

    seq: int
    at: datetime
    subject: str
    kind: str
    data: Mapping[str, JsonValue]


def append(
    transaction: sqlite3.Connection,
    at: datetime,
    subject: str,
    kind: str,
    data: Mapping[str, JsonValue] | None = None,
) -> int:
    """Write one event into an open transaction; returns its number, which only ever grows."""
    cursor = transaction.execute(
        "INSERT INTO events (at, subject, kind, data) VALUES (?, ?, ?, ?)",
        (at.isoformat(), subject, kind, json.dumps(data or {}, sort_keys=True)),
    )
    return int(cursor.lastrowid or 0)


def since(connection: sqlite3.Connection, seq: int, limit: int = 500) -> list[Event]:
    """The events after number `seq`, oldest first."""
    rows = connection.execute(
        "SELECT seq, at, subject, kind, data FROM events WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit)
    )
    return [_event(row) for row in rows]


def has(connection: sqlite3.Connection, subject: str, kind: str) -> bool:
    """Whether this has happened to this subject."""
    query = "SELECT 1 FROM events WHERE subject = ? AND kind = ? LIMIT 1"
    return connection.execute(query, (subject, kind)).fetchone() is not None


def newest(connection: sqlite3.Connection, subject: str, kinds: Sequence[str]) -> Event | None:
    """The newest event of these kinds that happened to this subject."""
    marks = ", ".join("?" * len(kinds))
    query = f"SELECT * FROM events WHERE subject = ? AND kind IN ({marks}) ORDER BY seq DESC LIMIT 1"  # noqa: S608 - marks only
    row = connection.execute(query, (subject, *kinds)).fetchone()
    return _event(row) if row else None


def last(connection: sqlite3.Connection) -> int:
    """The number of the newest event; 0 where there is none."""
    return int(connection.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])


def _event(row: sqlite3.Row) -> Event:
    at = datetime.fromisoformat(row["at"])
    return Event(row["seq"], at, row["subject"], row["kind"], json.loads(row["data"]))
