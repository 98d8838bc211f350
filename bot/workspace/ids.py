"""Ids as Slack makes them: a letter that tells the kind, then capitals and digits; and message times."""

import itertools
import secrets
import string

from bot.workspace.clock import Clock

TEAM = "T0WAVES"
TEAM_NAME = "Batch operations"
TEAM_DOMAIN = "batch-operations"
APP = "A0WARDEN"
BOT = "B0WARDEN"
BOT_USER = "U0WARDEN"

_LETTERS = string.ascii_uppercase + string.digits


class Ids:
    """Hands out ids that are never handed out again by this workspace."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._numbers = itertools.count(1)
        self._last_microsecond = 0

    def mint(self, letter: str) -> str:
        """Return a fresh id such as ``V00001K3XQ7ZB``: the counter makes it unique, the rest unguessable."""
        tail = "".join(secrets.choice(_LETTERS) for _ in range(6))
        return f"{letter}0{next(self._numbers):04X}{tail}"

    def ts(self) -> str:
        """Return the time of a message, ``"1780000000.000100"``: unique, and later than every one before."""
        self._last_microsecond = max(int(self._clock.now() * 1_000_000), self._last_microsecond + 1)
        seconds, micros = divmod(self._last_microsecond, 1_000_000)
        return f"{seconds}.{micros:06d}"
