"""Places: which message shows which subject, so that it can be kept up to date."""

import sqlite3
from dataclasses import astuple, dataclass

from bot.store import Store

SUMMARY = 0  # the part number of a summary; its evidence pages count from 1


@dataclass(frozen=True, slots=True)
class Place:
    """One message of ours.

    subject: the line that shows the same anew. part: 0 for a summary, from 1 for its evidence.
    thread_ts: the thread it stands in, empty outside of threads. head: the ts of its summary; a summary is its own.
    hash: of what it shows. caller: the JSON of who asked.
    """

    subject: str
    part: int
    channel: str
    ts: str
    thread_ts: str
    head: str
    hash: str
    caller: str


class Places:
    """What is shown where."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_subject(self, subject: str) -> list[Place]:
        """Every summary that shows this subject, newest first."""
        return self._select("subject = ? AND part = 0 ORDER BY ts DESC", subject)

    def at(self, channel: str, ts: str) -> Place | None:
        """What this message shows."""
        found = self._select("channel = ? AND ts = ?", channel, ts)
        return found[0] if found else None

    def evidence(self, place: Place) -> list[Place]:
        """The evidence pages below a summary, in order."""
        return self._select("channel = ? AND head = ? AND part > 0 ORDER BY part", place.channel, place.ts)

    def _select(self, where: str, *values: str) -> list[Place]:
        query = f"SELECT subject, part, channel, ts, thread_ts, head, hash, caller FROM places WHERE {where}"  # noqa: S608 - our own text
        return [Place(*row) for row in self._store.connection().execute(query, values)]


def save(transaction: sqlite3.Connection, place: Place) -> None:
    """Write or renew a place."""
    transaction.execute("INSERT OR REPLACE INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?)", astuple(place))


def forget(transaction: sqlite3.Connection, channel: str, ts: str) -> None:
    """The message is gone."""
    transaction.execute("DELETE FROM places WHERE channel = ? AND ts = ?", (channel, ts))
