"""Samples: what the watch saw at one moment, by name (`disk`, `batch 001`), as figures."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at one thing. `data` is what JSON can hold."""

    at: datetime
    name: str
    data: Figures


def write(transaction: sqlite3.Connection, at: datetime, name: str, data: Figures) -> None:
    """Keep what was seen, in an open transaction."""
    transaction.execute(
        "INSERT OR REPLACE INTO samples (at, name, data) VALUES (?, ?, ?)",
        (at.isoformat(), name, json.dumps(data, sort_keys=True)),
    )


def newest(connection: sqlite3.Connection, name: str, until: datetime | None = None) -> Sample | None:
    """The last sample of this name, at or before `until`."""
    row = connection.execute(
        "SELECT at, name, data FROM samples WHERE name = ? AND at <= ? ORDER BY at DESC LIMIT 1",
        (name, until.isoformat() if until else "9"),
    ).fetchone()
    return _sample(row) if row else None


def since(connection: sqlite3.Connection, name: str, start: datetime) -> tuple[Sample, ...]:
    """The samples of this name from `start` on, oldest first."""
    rows = connection.execute(
        "SELECT at, name, data FROM samples WHERE name = ? AND at >= ? ORDER BY at", (name, start.isoformat())
    )
    return tuple(_sample(row) for row in rows)


def first_at(connection: sqlite3.Connection, name: str) -> datetime | None:
    """When the oldest sample of this name was taken."""
    found = connection.execute("SELECT min(at) FROM samples WHERE name = ?", (name,)).fetchone()[0]
    return datetime.fromisoformat(found) if found else None


def _sample(row: sqlite3.Row) -> Sample:
    return Sample(datetime.fromisoformat(row["at"]), row["name"], json.loads(row["data"]))
