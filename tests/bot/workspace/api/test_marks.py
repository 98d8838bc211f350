"""Reactions and pins by the Web API."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.driver import Driver


async def test_a_reaction_is_put_once_and_taken_once(client: AsyncWebClient, workspace: Driver) -> None:
    ts = str((await client.chat_postMessage(channel="C0OPS", text="x"))["ts"])
    mark = {"channel": "C0OPS", "timestamp": ts, "name": "eyes"}
    await client.reactions_add(**mark)
    with pytest.raises(SlackApiError, match="already_reacted"):
        await client.reactions_add(**mark)
    message = await workspace.wait_for(text="x")
    assert message.json["reactions"] == [{"name": "eyes", "users": ["U0WARDEN"], "count": 1}]
    await client.reactions_remove(**mark)
    assert message.json["reactions"] == []
    with pytest.raises(SlackApiError, match="no_reaction"):
        await client.reactions_remove(**mark)


async def test_a_message_is_pinned_once(client: AsyncWebClient) -> None:
    ts = str((await client.chat_postMessage(channel="C0OPS", text="x"))["ts"])
    await client.pins_add(channel="C0OPS", timestamp=ts)
    with pytest.raises(SlackApiError, match="already_pinned"):
        await client.pins_add(channel="C0OPS", timestamp=ts)
    with pytest.raises(SlackApiError, match="message_not_found"):
        await client.pins_add(channel="C0OPS", timestamp="1.000001")
