"""The switches that make this Slack misbehave, for tests and for rehearsals.

What they do to a request or an envelope is in ``weather.py`` and ``socket_mode/connection.py``.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.workspace.clock import Clock, Timer
from bot.workspace.errors import Refused
from bot.workspace.shapes import Json

Kind = Literal["switch", "seconds", "press"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One switch: on or off, a number of seconds, or a button that works once for each press."""

    name: str
    label: str
    description: str
    kind: Kind
    passes: bool = False  # after so many seconds it is over by itself


FAULTS = (
    Fault(
        "rate_limit",
        "Rate-limit now",
        "Every call is answered 429 for so many seconds",
        "seconds",
        passes=True,
    ),
    Fault("reset", "Reset after a post", "The next post is taken, then its connection is reset", "press"),
    Fault(
        "drop", "Drop after a post", "The next post is taken, then its connection closes unanswered", "press"
    ),
    Fault(
        "no_uploads",
        "Refuse uploads",
        "The address that a file's bytes go to answers 503; all else works",
        "switch",
    ),
    Fault("hang", "Hang", "Calls are carried out and never answered", "switch"),
    Fault(
        "blackhole", "Black hole", "Nothing gets through, either way: no call, no envelope, no ping", "switch"
    ),
    Fault(
        "deaf", "Connected but deaf", "Sockets stay open and answer pings; no envelope is delivered", "switch"
    ),
    Fault("redeliver", "Redeliver", "Every envelope is delivered twice", "switch"),
    Fault("refresh", "Refresh sockets", "Each socket is asked to reconnect, then closed", "press"),
    Fault("warning", "Warn sockets", "Each socket is warned that it will be closed soon", "press"),
    Fault("slow", "Slow network", "So many seconds are added to every call and envelope", "seconds"),
    Fault(
        "down", "Slack down", "No socket, and 503 to every call, for so many seconds", "seconds", passes=True
    ),
)
_BY_NAME = {fault.name: fault for fault in FAULTS}


class Faults:
    """How each switch stands: a number, 0 for off; presses count down as they are used."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._values: dict[str, float] = dict.fromkeys(_BY_NAME, 0)
        self._ends: dict[str, float] = {}
        self._timers: dict[str, Timer] = {}
        self._listeners: list[Callable[[str], object]] = []
        self._waiting: list[asyncio.Future[None]] = []

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def on_change(self, listener: Callable[[str], object]) -> None:
        """Call ``listener(name)`` whenever a switch was moved or ran out."""
        self._listeners.append(listener)

    def put(self, name: str, value: float) -> None:
        """Move a switch; True and False do for 1 and 0.

        Raises:
            Refused: there is no such switch, or the value is no number from 0 on.
        """
        if name not in _BY_NAME:
            raise Refused(f"There is no fault “{name}”. There are: {', '.join(_BY_NAME)}.")
        if not 0 <= value < float("inf"):
            raise Refused(f"The fault “{name}” takes a number from 0 on.")
        if timer := self._timers.pop(name, None):
            timer.cancel()
        if _BY_NAME[name].passes and value:
            self._ends[name] = self._clock.now() + value
            self._timers[name] = self._clock.call_later(value, lambda: self.put(name, 0))
        self._set(name, float(value))

    def use(self, name: str) -> bool:
        """Use up one press; False if there is none."""
        if not self._values[name]:
            return False
        self._set(name, self._values[name] - 1)
        return True

    def left(self, name: str) -> float:
        """Seconds until a fault that passes is over."""
        return max(0.0, self._ends.get(name, 0) - self._clock.now())

    async def over(self, name: str) -> None:
        """Wait until a switch is off."""
        while self._values[name]:
            change: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(change)
            await change

    def listed(self) -> list[Json]:
        """Every switch as the page shows it: ``{name, label, description, kind, value}``."""
        return [
            {
                "name": fault.name,
                "label": fault.label,
                "description": fault.description,
                "kind": fault.kind,
                "value": self._values[fault.name]
                if fault.kind == "seconds"
                else bool(self._values[fault.name]),
            }
            for fault in FAULTS
        ]

    def close(self) -> None:
        """Let no switch move by itself any more."""
        for timer in self._timers.values():
            timer.cancel()

    def _set(self, name: str, value: float) -> None:
        self._values[name] = value
        for change in self._waiting:
            if not change.done():
                change.set_result(None)
        self._waiting.clear()
        for listener in self._listeners:
            listener(name)
