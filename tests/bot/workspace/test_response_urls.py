"""Response URLs: five times, in half an hour."""

import pytest

from bot.workspace.clock import HandClock
from bot.workspace.errors import ApiError
from bot.workspace.response_urls import ResponseUrls


def test_a_url_can_be_used_five_times(clock: HandClock) -> None:
    urls = ResponseUrls(clock)
    path = urls.mint("U0OMAR", "C0OPS")
    for _ in range(5):
        assert urls.use(path).user == "U0OMAR"
    with pytest.raises(ApiError, match="used_url"):
        urls.use(path)


async def test_a_url_can_be_used_for_half_an_hour(clock: HandClock) -> None:
    urls = ResponseUrls(clock)
    path = urls.mint("U0OMAR", "C0OPS")
    await clock.advance(30 * 60)
    urls.use(path)
    await clock.advance(1)
    with pytest.raises(ApiError, match="expired_url"):
        urls.use(path)


def test_a_made_up_url_is_refused(clock: HandClock) -> None:
    with pytest.raises(ApiError, match="expired_url"):
        ResponseUrls(clock).use("T0WAVES/0000")
