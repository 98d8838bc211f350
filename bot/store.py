"""The Slack face's own database, beside the journal: what to post, what is shown where, what was seen."""

import sqlite3
from pathlib import Path

from commands.ops.database import Database

STEPS = (
    """
    CREATE TABLE outbox (
        id       INTEGER PRIMARY KEY AUTOINCREMENT,
        at       TEXT NOT NULL,
        method   TEXT NOT NULL,
        channel  TEXT NOT NULL,
        body     TEXT NOT NULL,
        parent   INTEGER REFERENCES outbox (id) ON DELETE CASCADE,
        place    TEXT,
        fallback TEXT,
        state    TEXT NOT NULL DEFAULT 'waiting',
        ts       TEXT,
        error    TEXT
    ) STRICT;
    CREATE INDEX outbox_waiting ON outbox (state, id);
    CREATE TABLE places (
        subject   TEXT NOT NULL,
        part      INTEGER NOT NULL,
        channel   TEXT NOT NULL,
        ts        TEXT NOT NULL,
        thread_ts TEXT NOT NULL,
        head      TEXT NOT NULL,
        hash      TEXT NOT NULL,
        caller    TEXT NOT NULL,
        PRIMARY KEY (channel, ts)
    ) STRICT;
    CREATE INDEX places_subject ON places (subject);
    CREATE INDEX places_head ON places (channel, head);
    CREATE TABLE seen (key TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT;
    CREATE TABLE cursor (name TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
    """,
    # Which audit entries were told in Slack; an entry is never told as something else.
    """
    CREATE TABLE told (seq INTEGER PRIMARY KEY, hash TEXT NOT NULL) STRICT;
    """,
    # In which thread an incident is told; `head` and `thread` are the outbox numbers of the threads' first messages.
    """
    CREATE TABLE threads (
        incident TEXT PRIMARY KEY,
        channel  TEXT NOT NULL,
        head     INTEGER NOT NULL,
        ts       TEXT NOT NULL
    ) STRICT;
    CREATE INDEX threads_place ON threads (channel, ts);
    ALTER TABLE outbox ADD COLUMN thread INTEGER;
    ALTER TABLE outbox ADD COLUMN begins TEXT;
    """,
    # A file to be uploaded: its content, until Slack has it, and what Slack calls it before it is shared.
    """
    ALTER TABLE outbox ADD COLUMN content TEXT;
    ALTER TABLE outbox ADD COLUMN file TEXT;
    """,
)


class Store(Database):
    """`bot.db` in the state directory."""

    def __init__(self, state: Path) -> None:
        super().__init__(state / "bot.db", STEPS)

    def cursor(self, name: str) -> int | None:
        """How far a follower of the journal's events has come; none if it never began."""
        row = self.connection().execute("SELECT seq FROM cursor WHERE name = ?", (name,)).fetchone()
        return int(row["seq"]) if row else None

    def start_cursor(self, name: str, seq: int) -> None:
        """Let a follower begin here, unless it has begun before."""
        with self.write() as transaction:
            transaction.execute("INSERT OR IGNORE INTO cursor (name, seq) VALUES (?, ?)", (name, seq))

    def move_cursor(self, transaction: sqlite3.Connection, name: str, seq: int) -> None:
        """Remember how far it has come, in the transaction that writes what came of it."""
        transaction.execute("INSERT OR REPLACE INTO cursor (name, seq) VALUES (?, ?)", (name, seq))
