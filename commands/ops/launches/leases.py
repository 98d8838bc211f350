"""Leases: a launch keeps its wave until its agents are seen, for a time; kept in the journal, so over a restart."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from commands.ops.house import House

LAUNCH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Lease:
    """Who keeps a resource, since when, and until when at most."""

    name: str
    holder: str
    since: datetime
    until: datetime


def take(house: House, name: str, holder: str, span: timedelta = LAUNCH) -> None:
    """Keep it; a lease that was there is replaced."""
    now = house.clock.now()
    with house.journal.write() as transaction:
        transaction.execute(
            "INSERT OR REPLACE INTO locks (name, holder, since, until) VALUES (?, ?, ?, ?)",
            (name, holder, now.isoformat(), (now + span).isoformat()),
        )


def give_back(house: House, name: str) -> None:
    """What it was kept for has come about."""
    with house.journal.write() as transaction:
        transaction.execute("DELETE FROM locks WHERE name = ?", (name,))


def held(house: House, name: str) -> Lease | None:
    """The lease, if somebody has it now."""
    row = house.journal.connection().execute("SELECT * FROM locks WHERE name = ?", (name,)).fetchone()
    lease = _lease(row) if row else None
    return lease if lease and lease.until > house.clock.now() else None


def _lease(row: sqlite3.Row) -> Lease:
    since, until = datetime.fromisoformat(row["since"]), datetime.fromisoformat(row["until"])
    return Lease(row["name"], row["holder"], since, until)
