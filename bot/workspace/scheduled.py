"""Messages that post themselves later.

https://docs.slack.dev/reference/methods/chat.scheduleMessage
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.workspace.clock import Clock, Timer
from bot.workspace.errors import ApiError
from bot.workspace.ids import Ids
from bot.workspace.shapes import Json

FARTHEST = 120 * 24 * 3600
WINDOW = 5 * 60
A_WINDOW = 30
NO_MORE_DELETING = 60


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One message to come; ``message`` is what will be posted in the channel."""

    id: str
    channel: str
    post_at: int
    created: int
    message: Json
    timer: Timer


class Schedule:
    """Keeps scheduled messages within Slack's limits, and says when each is due."""

    def __init__(self, ids: Ids, clock: Clock) -> None:
        self._ids = ids
        self._clock = clock
        self._listeners: list[Callable[[str, Json], object]] = []
        self._waiting: dict[str, Scheduled] = {}

    def when_due(self, post: Callable[[str, Json], object]) -> None:
        """Call ``post(channel, message)`` at each message's time."""
        self._listeners.append(post)

    def add(self, channel: str, post_at: int, message: Json) -> Scheduled:
        """Schedule a message.

        Raises:
            ApiError: ``time_in_past``, ``time_too_far``, or ``restricted_too_many`` for one window.
        """
        now = self._clock.now()
        if post_at <= now:
            raise ApiError("time_in_past")
        if post_at > now + FARTHEST:
            raise ApiError("time_too_far")
        window = post_at // WINDOW
        if (
            sum(s.channel == channel and s.post_at // WINDOW == window for s in self._waiting.values())
            >= A_WINDOW
        ):
            raise ApiError("restricted_too_many")
        scheduled_id = self._ids.mint("Q")
        timer = self._clock.call_later(post_at - now, lambda: self._due(scheduled_id))
        scheduled = Scheduled(scheduled_id, channel, post_at, int(now), message, timer)
        self._waiting[scheduled_id] = scheduled
        return scheduled

    def remove(self, channel: str, scheduled_id: str) -> None:
        """Take one back.

        Raises:
            ApiError: ``invalid_scheduled_message_id`` if it is not waiting, or due within 60 seconds.
        """
        scheduled = self._waiting.get(scheduled_id)
        if (
            scheduled is None
            or scheduled.channel != channel
            or scheduled.post_at - self._clock.now() < NO_MORE_DELETING
        ):
            raise ApiError("invalid_scheduled_message_id")
        scheduled.timer.cancel()
        del self._waiting[scheduled_id]

    def waiting(self) -> list[Scheduled]:
        """What is to come, the soonest first."""
        return sorted(self._waiting.values(), key=lambda scheduled: scheduled.post_at)

    def close(self) -> None:
        """Post nothing more."""
        for scheduled in self._waiting.values():
            scheduled.timer.cancel()

    def _due(self, scheduled_id: str) -> None:
        scheduled = self._waiting.pop(scheduled_id)
        # Slack takes metadata here, answers ok, and then never posts the message.
        if "metadata" not in scheduled.message:
            for post in self._listeners:
                post(scheduled.channel, scheduled.message)
