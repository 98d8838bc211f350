"""Which audit entries were told in Slack, so that a log that was cut or rewritten since shows."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from bot.store import Store
from commands.ops.audit import Entry


def note(transaction: sqlite3.Connection, entry: Entry | None) -> None:
    """Remember an entry that is told, in the transaction that tells it; the first word on a number stands."""
    if entry:
        transaction.execute("INSERT OR IGNORE INTO told (seq, hash) VALUES (?, ?)", (entry.seq, entry.hash))


def all_told(connection: sqlite3.Connection) -> Mapping[int, str]:
    """Hashes by number."""
    return {row["seq"]: row["hash"] for row in connection.execute("SELECT seq, hash FROM told")}


def read_told(state: Path) -> Mapping[int, str]:
    """What the bot of this state directory has told; nothing where none ever ran.

    Raises:
        NotReadable: its database cannot be used.
    """
    store = Store(state)
    if not store.path.exists():
        return {}
    try:
        return all_told(store.connection())
    finally:
        store.close()
