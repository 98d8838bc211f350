"""Slack's limits in time: how many calls a minute each method takes, and how many posts a channel.

https://docs.slack.dev/apis/web-api/rate-limits
"""

import math
from collections.abc import Hashable
from dataclasses import dataclass

from bot.workspace.clock import Clock


@dataclass(frozen=True, slots=True)
class Rate:
    """So many calls at once, and so many a second in the long run."""

    burst: int
    per_second: float


TIERS = {
    1: Rate(1, 1 / 60),
    2: Rate(20, 20 / 60),
    3: Rate(50, 50 / 60),
    4: Rate(100, 100 / 60),
}
# Slack promises one a second and allows "short bursts" without a number; five is what posts a summary,
# its evidence and a page of proposals together.
POSTS = Rate(5, 1.0)


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Limits:
    """A token bucket for each thing that is limited.

    Args:
        clock: what time it is.
        enforced: False lets everything pass, for measuring the server itself.
    """

    def __init__(self, clock: Clock, *, enforced: bool = True) -> None:
        self._clock = clock
        self._enforced = enforced
        self._buckets: dict[Hashable, _Bucket] = {}

    def take(self, what: Hashable, rate: Rate) -> int | None:
        """Take one call; returns None, or the whole seconds to wait when there is none left."""
        if not self._enforced:
            return None
        now = self._clock.now()
        bucket = self._buckets.setdefault(what, _Bucket(rate.burst, now))
        bucket.left = min(rate.burst, bucket.left + (now - bucket.at) * rate.per_second)
        bucket.at = now
        # a hair below one: the sum of many small refills is not exact
        if bucket.left < 1 - 1e-9:
            return max(1, math.ceil((1 - bucket.left) / rate.per_second - 1e-9))
        bucket.left -= 1
        return None
