"""Trigger ids: what entitles an app to open a form for the person who just acted, once and for 3 seconds."""

import secrets
from dataclasses import dataclass

from bot.workspace.clock import Clock
from bot.workspace.errors import ApiError

LIFETIME = 3.0
REMEMBERED = 10_000


@dataclass(slots=True)
class Trigger:
    """Who acted, until when it counts, and the form it was done in, if any."""

    user: str
    expires: float
    view_id: str | None
    used: bool = False


class Triggers:
    """Mints trigger ids and takes each of them once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._given: dict[str, Trigger] = {}

    def mint(self, user: str, view_id: str | None = None) -> str:
        """Return a fresh id for what this person just did."""
        trigger_id = (
            f"{secrets.randbelow(10**13):013d}.{secrets.randbelow(10**12):012d}.{secrets.token_hex(16)}"
        )
        self._given[trigger_id] = Trigger(user, self._clock.now() + LIFETIME, view_id)
        if len(self._given) > REMEMBERED:
            self._given.pop(next(iter(self._given)))
        return trigger_id

    def exchange(self, trigger_id: str) -> Trigger:
        """Use an id up.

        Raises:
            ApiError: ``invalid_trigger_id``, ``exchanged_trigger_id`` or ``expired_trigger_id``.
        """
        trigger = self._given.get(trigger_id)
        if trigger is None:
            raise ApiError("invalid_trigger_id")
        if trigger.used:
            raise ApiError("exchanged_trigger_id")
        if self._clock.now() > trigger.expires:
            raise ApiError("expired_trigger_id")
        trigger.used = True
        return trigger
