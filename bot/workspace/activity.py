"""The log of what went over the wire: API calls, envelopes, acks, faults, with their timings."""

from collections import deque
from typing import Literal

from bot.workspace.clock import Clock
from bot.workspace.shapes import Json
from bot.workspace.subscriptions import Feed

Kind = Literal["api", "envelope", "ack", "event", "fault"]

KEPT = 500


class Activity:
    """Keeps the latest entries and shows each new one to every open page."""

    def __init__(self, clock: Clock, feed: Feed) -> None:
        self._clock = clock
        self._feed = feed
        self._entries: deque[Json] = deque(maxlen=KEPT)
        self._seq = 0

    @property
    def entries(self) -> list[Json]:
        """The latest entries, oldest first: ``{seq, at, kind, name, ms, ok, detail}``."""
        return list(self._entries)

    def note(
        self, kind: Kind, name: str, *, ms: float | None = None, ok: bool = True, detail: str = ""
    ) -> None:
        """Write one entry; ``ms`` is how long it took, where that is known."""
        self._seq += 1
        entry: Json = {
            "seq": self._seq,
            "at": self._clock.now(),
            "kind": kind,
            "name": name,
            "ms": None if ms is None else round(ms, 2),
            "ok": ok,
            "detail": detail,
        }
        self._entries.append(entry)
        self._feed.broadcast({"type": "log", "entry": entry})
