"""What the watch forgets: what is older than it should remember, and what is too much."""

import sqlite3
from datetime import datetime, timedelta

from commands.ops.host_settings import Watch
from commands.ops.watch import standings
from commands.ops.watch.standings import Standings

SURPLUS_SAMPLES = """
    DELETE FROM samples WHERE at <= (SELECT at FROM samples ORDER BY at DESC LIMIT 1 OFFSET ?) AND at < ?
"""
SURPLUS_TRANSITIONS = """
    DELETE FROM transitions WHERE at <= (SELECT at FROM transitions ORDER BY at DESC LIMIT 1 OFFSET ?) AND at < ?
"""


def prune(transaction: sqlite3.Connection, now: datetime, limits: Watch, known: Standings) -> None:
    """Delete old samples and transitions in an open transaction, after keeping where every site stands."""
    standings.keep(transaction, now, known)
    oldest = (now - timedelta(days=limits.keep_days)).isoformat()
    transaction.execute("DELETE FROM samples WHERE at < ?", (oldest,))
    transaction.execute("DELETE FROM transitions WHERE at < ?", (oldest,))
    for surplus in (SURPLUS_SAMPLES, SURPLUS_TRANSITIONS):
        transaction.execute(surplus, (limits.most_samples, now.isoformat()))
