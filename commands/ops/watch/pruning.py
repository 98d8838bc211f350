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
# Of all events the most: whoever follows them has long done so, and nobody asks for them again.
FOLLOWED = "DELETE FROM events WHERE kind = 'sampled' AND at < ?"
FOLLOWED_FOR = timedelta(days=1)


def prune(transaction: sqlite3.Connection, now: datetime, limits: Watch, known: Standings) -> None:
    """Delete what is old in an open transaction, after keeping where every site stands.

    Samples, transitions, looks that were followed, and lines that were asked; of plans, audit and incidents nothing.
    """
    standings.keep(transaction, now, known)
    oldest = (now - timedelta(days=limits.keep_days)).isoformat()
    transaction.execute("DELETE FROM samples WHERE at < ?", (oldest,))
    transaction.execute("DELETE FROM transitions WHERE at < ?", (oldest,))
    transaction.execute("DELETE FROM later WHERE done_at < ?", (oldest,))
    transaction.execute(FOLLOWED, ((now - FOLLOWED_FOR).isoformat(),))
    for surplus in (SURPLUS_SAMPLES, SURPLUS_TRANSITIONS):
        transaction.execute(surplus, (limits.most_samples, now.isoformat()))
