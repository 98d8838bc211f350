"""Slack's limits in time, without Slack."""

import pytest

from bot.workspace.clock import HandClock
from bot.workspace.limits import POSTS, TIERS, Limits, Rate


@pytest.mark.parametrize(("tier", "calls"), [(1, 1), (2, 20), (3, 50), (4, 100)])
def test_a_tier_takes_its_calls_of_a_minute_and_refuses_one_more(tier: int, calls: int) -> None:
    limits = Limits(HandClock())
    assert [limits.take("x", TIERS[tier]) for _ in range(calls)] == [None] * calls
    assert limits.take("x", TIERS[tier]) is not None


async def test_a_channel_takes_a_short_burst_then_one_post_a_second() -> None:
    clock = HandClock()
    limits = Limits(clock)
    assert [limits.take("C0OPS", POSTS) for _ in range(5)] == [None] * 5
    assert limits.take("C0OPS", POSTS) == 1
    assert limits.take("C0ESC", POSTS) is None
    for _ in range(20):
        await clock.advance(1)
        assert limits.take("C0OPS", POSTS) is None
        assert limits.take("C0OPS", POSTS) == 1


async def test_a_call_after_the_seconds_that_were_said_is_taken() -> None:
    clock = HandClock()
    limits = Limits(clock)
    rate = Rate(1, 1 / 60)
    limits.take("x", rate)
    wait = limits.take("x", rate)
    assert wait == 60
    await clock.advance(wait - 1)
    assert limits.take("x", rate) == 1
    await clock.advance(1)
    assert limits.take("x", rate) is None


def test_limits_can_be_switched_off_for_measuring() -> None:
    limits = Limits(HandClock(), enforced=False)
    assert {limits.take("x", POSTS) for _ in range(1000)} == {None}
