"""Mutes: subjects whose alerts are not told, since when, by whom and why."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from commands.ops import events
from commands.ops.events import JsonValue
from commands.ops.incidents import resources


@dataclass(frozen=True, slots=True)
class Mute:
    """One muted subject (`batch wave 5 --batch 001`). `until` is None where it lasts."""

    subject: str
    since: datetime
    until: datetime | None
    caller: str
    reason: str


def put(
    transaction: sqlite3.Connection, mute: Mute, kind: str, data: Mapping[str, JsonValue] | None = None
) -> None:
    """Mute a subject, or mute it anew, in an open transaction, with an event of this kind and what it should tell."""
    transaction.execute(
        "INSERT OR REPLACE INTO mutes (subject, since, until, caller, reason) VALUES (?, ?, ?, ?, ?)",
        (
            mute.subject,
            mute.since.isoformat(),
            mute.until.isoformat() if mute.until else None,
            mute.caller,
            mute.reason,
        ),
    )
    events.append(
        transaction,
        mute.since,
        mute.subject,
        kind,
        {"by": mute.caller, "reason": mute.reason, **(data or {})},
    )


def lift(transaction: sqlite3.Connection, subject: str, at: datetime) -> bool:
    """End a subject's mute, in an open transaction, with an event; false where it had none."""
    had = transaction.execute("DELETE FROM mutes WHERE subject = ?", (subject,)).rowcount > 0
    if had:
        events.append(transaction, at, subject, "unmuted")
    return had


def of(connection: sqlite3.Connection, subject: str, now: datetime) -> Mute | None:
    """The mute that this subject is under now: its own, that of its resource, or that of the whole host."""
    names = (subject, *resources.of_line(subject), resources.EVERYTHING)
    marks = ", ".join("?" * len(names))
    query = f"SELECT * FROM mutes WHERE subject IN ({marks}) AND (until IS NULL OR until > ?)"  # noqa: S608 - marks only
    row = connection.execute(query, (*names, now.isoformat())).fetchone()
    return _mute(row) if row else None


def lasting(connection: sqlite3.Connection, subject: str) -> Mute | None:
    """This subject's own mute that has no end: an accepted loss."""
    row = connection.execute("SELECT * FROM mutes WHERE subject = ? AND until IS NULL", (subject,)).fetchone()
    return _mute(row) if row else None


def with_an_end(connection: sqlite3.Connection, now: datetime) -> tuple[Mute, ...]:
    """Those that have an end, and have not reached it, the next to end first."""
    rows = connection.execute("SELECT * FROM mutes WHERE until > ? ORDER BY until", (now.isoformat(),))
    return tuple(_mute(row) for row in rows)


def _mute(row: sqlite3.Row) -> Mute:
    until = datetime.fromisoformat(row["until"]) if row["until"] else None
    return Mute(row["subject"], datetime.fromisoformat(row["since"]), until, row["caller"], row["reason"])
