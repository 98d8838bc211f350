"""Trigger ids: once, and for three seconds."""

import pytest

from bot.workspace.clock import HandClock
from bot.workspace.errors import ApiError
from bot.workspace.triggers import Triggers


async def test_a_trigger_counts_for_three_seconds() -> None:
    clock = HandClock()
    triggers = Triggers(clock)
    at_the_end, too_late = triggers.mint("U0OMAR"), triggers.mint("U0OMAR")
    await clock.advance(3)
    assert triggers.exchange(at_the_end).user == "U0OMAR"
    await clock.advance(0.001)
    with pytest.raises(ApiError, match="expired_trigger_id"):
        triggers.exchange(too_late)


def test_a_trigger_counts_once() -> None:
    triggers = Triggers(HandClock())
    trigger_id = triggers.mint("U0OMAR")
    triggers.exchange(trigger_id)
    with pytest.raises(ApiError, match="exchanged_trigger_id"):
        triggers.exchange(trigger_id)


def test_a_made_up_trigger_counts_for_nothing() -> None:
    with pytest.raises(ApiError, match="invalid_trigger_id"):
        Triggers(HandClock()).exchange("1.2.3")
