"""A clock whose hands a test moves."""

import threading
from datetime import UTC, datetime, timedelta


class MovedClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
        self.seconds = 1000.0

    def now(self) -> datetime:
        """The wall clock."""
        return self.at

    def monotonic(self) -> float:
        """Seconds."""
        return self.seconds

    def wait(self, seconds: float, until: threading.Event) -> bool:
        """Time passes at once."""
        self.move(seconds)
        return until.is_set()

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)
        self.seconds += seconds
