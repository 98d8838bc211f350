"""Transitions: every change of a site's status that the watch saw, between two looks."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

INSERT = """
    INSERT INTO transitions (at, after, site, batch, wave, before, status) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
SINCE = "SELECT * FROM transitions WHERE at > ? ORDER BY id"
OF_BATCH = "SELECT * FROM transitions WHERE batch = ? AND at > ? ORDER BY id"
OF_WAVE = "SELECT * FROM transitions WHERE batch = ? AND wave = ? ORDER BY id"
OF_SITE = "SELECT * FROM transitions WHERE site = ? ORDER BY id"


@dataclass(frozen=True, slots=True)
class Transition:
    """One site's change from `before` to `status`, some time between the looks `after` and `at`.

    before: None where the site was not in the registry; status: None where it no longer is.
    """

    at: datetime
    after: datetime
    site: str
    batch: str
    wave: int | None
    before: str | None
    status: str | None


def write(transaction: sqlite3.Connection, changes: Iterable[Transition]) -> None:
    """Keep what changed, in an open transaction."""
    transaction.executemany(
        INSERT,
        [
            (one.at.isoformat(), one.after.isoformat(), one.site, one.batch, one.wave, one.before, one.status)
            for one in changes
        ],
    )


def since(connection: sqlite3.Connection, start: datetime) -> tuple[Transition, ...]:
    """All that were seen after `start`, oldest first."""
    return _found(connection, SINCE, (start.isoformat(),))


def of_batch(connection: sqlite3.Connection, batch: str, start: datetime) -> tuple[Transition, ...]:
    """Those of a batch seen after `start`, oldest first."""
    return _found(connection, OF_BATCH, (batch, start.isoformat()))


def of_wave(connection: sqlite3.Connection, batch: str, wave: int) -> tuple[Transition, ...]:
    """Those of a wave, oldest first."""
    return _found(connection, OF_WAVE, (batch, wave))


def of_site(connection: sqlite3.Connection, site: str) -> tuple[Transition, ...]:
    """Those of a site, oldest first."""
    return _found(connection, OF_SITE, (site,))


def _found(
    connection: sqlite3.Connection, query: str, values: tuple[str | int, ...]
) -> tuple[Transition, ...]:
    return tuple(
        Transition(
            datetime.fromisoformat(row["at"]),
            datetime.fromisoformat(row["after"]),
            row["site"],
            row["batch"],
            row["wave"],
            row["before"],
            row["status"],
        )
        for row in connection.execute(query, values)
    )
