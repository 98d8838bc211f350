"""What was handled already: Bolt never de-duplicates what Slack delivers again."""

from datetime import datetime, timedelta

from bot.store import Store

KEPT = timedelta(days=1)


class Seen:
    """Keys of requests; remembered over a restart, for a day."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def first_time(self, key: str, at: datetime) -> bool:
        """True for exactly one caller of each key."""
        with self._store.write() as transaction:
            transaction.execute("DELETE FROM seen WHERE at < ?", ((at - KEPT).isoformat(),))
            cursor = transaction.execute(
                "INSERT OR IGNORE INTO seen (key, at) VALUES (?, ?)", (key, at.isoformat())
            )
        return cursor.rowcount == 1
