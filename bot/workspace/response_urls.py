"""Response URLs: where an app answers an interaction, 5 times in 30 minutes.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

import secrets
from dataclasses import dataclass

from bot.workspace.clock import Clock
from bot.workspace.errors import ApiError
from bot.workspace.ids import TEAM

USES = 5
LIFETIME = 30 * 60.0
NOT_FOUND = 404


@dataclass(slots=True)
class ResponseUrl:
    """Who acted and where; the message acted upon, if there was one."""

    user: str
    channel: str
    expires: float
    message_ts: str | None = None
    thread_ts: str | None = None
    left: int = USES


class ResponseUrls:
    """Hands out the last part of each URL, and counts its uses."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._given: dict[str, ResponseUrl] = {}

    def mint(
        self, user: str, channel: str, message_ts: str | None = None, thread_ts: str | None = None
    ) -> str:
        """Return a path such as ``T0WAVES/3f…``, to be put behind the server's ``/response/``."""
        self._forget_expired()
        path = f"{TEAM}/{secrets.token_hex(16)}"
        expires = self._clock.now() + LIFETIME
        self._given[path] = ResponseUrl(user, channel, expires, message_ts, thread_ts)
        return path

    def use(self, path: str) -> ResponseUrl:
        """Count one use.

        Raises:
            ApiError: ``expired_url`` after 30 minutes or if it never was, ``used_url`` after five uses.
        """
        found = self._given.get(path)
        if found is None or self._clock.now() > found.expires:
            raise ApiError("expired_url", status=NOT_FOUND)
        if not found.left:
            raise ApiError("used_url", status=NOT_FOUND)
        found.left -= 1
        return found

    def _forget_expired(self) -> None:
        now = self._clock.now()
        while self._given:
            oldest = next(iter(self._given))
            if self._given[oldest].expires > now:
                return
            del self._given[oldest]
