"""Messages for later, by the Web API."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.clock import HandClock
from bot.workspace.driver import Driver


async def test_a_scheduled_message_really_posts(
    client: AsyncWebClient, workspace: Driver, clock: HandClock
) -> None:
    post_at = int(clock.now()) + 720
    scheduled = await client.chat_scheduleMessage(channel="C0OPS", post_at=post_at, text="the host is silent")
    listed = await client.chat_scheduledMessages_list(channel="C0OPS")
    assert [m["id"] for m in listed["scheduled_messages"]] == [scheduled["scheduled_message_id"]]
    await clock.advance(720)
    assert (await workspace.wait_for(text="the host is silent")).json["bot_id"] == "B0WARDEN"
    assert (await client.chat_scheduledMessages_list())["scheduled_messages"] == []


async def test_a_deleted_one_does_not_post(
    client: AsyncWebClient, workspace: Driver, clock: HandClock
) -> None:
    scheduled = await client.chat_scheduleMessage(channel="C0OPS", post_at=int(clock.now()) + 720, text="x")
    wanted = str(scheduled["scheduled_message_id"])
    await client.chat_deleteScheduledMessage(channel="C0OPS", scheduled_message_id=wanted)
    await clock.advance(1000)
    assert workspace.messages() == []


async def test_the_past_is_refused(client: AsyncWebClient, clock: HandClock) -> None:
    with pytest.raises(SlackApiError, match="time_in_past"):
        await client.chat_scheduleMessage(channel="C0OPS", post_at=int(clock.now()) - 1, text="x")
