"""The time, as the machine tells it."""

import threading
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the core asks of time; tests hand in one whose hands they move."""

    def now(self) -> datetime:
        """The wall clock, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds from a fixed, unknown start; never goes back."""
        ...

    def wait(self, seconds: float, until: threading.Event) -> bool:
        """Wait at most `seconds`; true as soon as `until` is set."""
        ...


class SystemClock:
    """The real one."""

    def now(self) -> datetime:
        """The wall clock, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds from a fixed, unknown start; never goes back."""
        return time.monotonic()

    def wait(self, seconds: float, until: threading.Event) -> bool:
        """Wait at most `seconds`; true as soon as `until` is set."""
        return until.wait(seconds)
