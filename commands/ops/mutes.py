"""Mutes: subjects whose alerts are not told, since when, by whom and why."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from commands.ops import events
from commands.ops.events import JsonValue


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


def lift(transaction: sqlite3.Connection, subject: str, at: datetime) -> None:
    """End a subject's mute, if it has one, in an open transaction, with an event."""
    if transaction.execute("DELETE FROM mutes WHERE subject = ?", (subject,)).rowcount:
        events.append(transaction, at, subject, "unmuted")


def of(connection: sqlite3.Connection, subject: str, now: datetime) -> Mute | None:
    """The mute that this subject is under now."""
    row = connection.execute(
        "SELECT * FROM mutes WHERE subject = ? AND (until IS NULL OR until > ?)", (subject, now.isoformat())
    ).fetchone()
    if row is None:
        return None
    until = datetime.fromisoformat(row["until"]) if row["until"] else None
    return Mute(row["subject"], datetime.fromisoformat(row["since"]), until, row["caller"], row["reason"])
