"""Messages for later, at their limits."""

from typing import TYPE_CHECKING

import pytest

from bot.workspace.clock import HandClock
from bot.workspace.errors import ApiError
from bot.workspace.ids import Ids
from bot.workspace.scheduled import FARTHEST, Schedule

if TYPE_CHECKING:
    from bot.workspace.shapes import Json


@pytest.fixture
def schedule(clock: HandClock) -> Schedule:
    return Schedule(Ids(clock), clock)


def now(clock: HandClock) -> int:
    return int(clock.now())


async def test_a_message_posts_itself_at_its_time(schedule: Schedule, clock: HandClock) -> None:
    posted: list[tuple[str, Json]] = []
    schedule.when_due(lambda channel, message: posted.append((channel, message)))
    schedule.add("C0OPS", now(clock) + 720, {"text": "the host is silent"})
    await clock.advance(719)
    assert posted == []
    await clock.advance(1)
    assert posted == [("C0OPS", {"text": "the host is silent"})]
    assert schedule.waiting() == []


async def test_a_message_with_metadata_never_posts(schedule: Schedule, clock: HandClock) -> None:
    posted: list[str] = []
    schedule.when_due(lambda channel, _message: posted.append(channel))
    schedule.add(
        "C0OPS", now(clock) + 10, {"text": "x", "metadata": {"event_type": "e", "event_payload": {}}}
    )
    await clock.advance(60)
    assert posted == []


@pytest.mark.parametrize(
    ("ahead", "error"), [(0, "time_in_past"), (-1, "time_in_past"), (FARTHEST + 1, "time_too_far")]
)
def test_the_past_and_the_far_future_are_refused(
    schedule: Schedule, clock: HandClock, ahead: int, error: str
) -> None:
    with pytest.raises(ApiError, match=error):
        schedule.add("C0OPS", now(clock) + ahead, {"text": "x"})


@pytest.mark.parametrize("ahead", [1, FARTHEST])
def test_the_next_second_and_120_days_are_taken(schedule: Schedule, clock: HandClock, ahead: int) -> None:
    scheduled = schedule.add("C0OPS", now(clock) + ahead, {"text": "x"})
    assert schedule.waiting() == [scheduled]


def test_a_window_of_five_minutes_takes_thirty_a_channel(schedule: Schedule, clock: HandClock) -> None:
    window = (now(clock) // 300 + 1) * 300
    for second in range(30):
        schedule.add("C0OPS", window + second, {"text": "x"})
    with pytest.raises(ApiError, match="restricted_too_many"):
        schedule.add("C0OPS", window + 299, {"text": "x"})
    schedule.add("C0OPS", window + 300, {"text": "x"})
    schedule.add("C0ESC", window, {"text": "x"})


async def test_it_can_be_deleted_until_a_minute_before(schedule: Schedule, clock: HandClock) -> None:
    early = schedule.add("C0OPS", now(clock) + 100, {"text": "x"})
    late = schedule.add("C0OPS", now(clock) + 100, {"text": "y"})
    await clock.advance(40)
    schedule.remove("C0OPS", early.id)
    await clock.advance(1)
    with pytest.raises(ApiError, match="invalid_scheduled_message_id"):
        schedule.remove("C0OPS", late.id)
    assert [scheduled.id for scheduled in schedule.waiting()] == [late.id]


def test_it_is_not_found_in_another_channel(schedule: Schedule, clock: HandClock) -> None:
    scheduled = schedule.add("C0OPS", now(clock) + 100, {"text": "x"})
    with pytest.raises(ApiError, match="invalid_scheduled_message_id"):
        schedule.remove("C0ESC", scheduled.id)
