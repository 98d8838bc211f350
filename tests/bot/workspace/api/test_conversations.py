"""Channels and their past by the Web API."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.clock import HandClock
from bot.workspace.driver import Driver
from bot.workspace.server import serve
from bot.workspace.workspace import Workspace
from tests.bot.workspace.conftest import client_of, manifest


async def test_channels_tell_whether_the_app_is_a_member(client: AsyncWebClient) -> None:
    listed = await client.conversations_list()
    assert {c["name"]: c["is_member"] for c in listed["channels"]} == {
        "batch-ops": True,
        "batch-escalations": True,
        "general": False,
    }
    assert not (await client.conversations_info(channel="C0GENERAL"))["channel"]["is_member"]


async def test_long_lists_come_in_pages(client: AsyncWebClient) -> None:
    names: list[str] = []
    cursor = ""
    while True:
        page = await client.conversations_list(limit=2, cursor=cursor)
        names += [channel["name"] for channel in page["channels"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert names == ["batch-ops", "batch-escalations", "general"]


async def test_a_made_up_cursor_is_refused(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="invalid_cursor"):
        await client.conversations_list(cursor="page two")


async def test_the_past_is_read_newest_first_between_two_moments(
    client: AsyncWebClient, clock: HandClock
) -> None:
    stamps = []
    for number in range(5):
        stamps.append(str((await client.chat_postMessage(channel="C0OPS", text=str(number)))["ts"]))
        await clock.advance(2)
    between = await client.conversations_history(channel="C0OPS", oldest=stamps[0], latest=stamps[4])
    assert [m["text"] for m in between["messages"]] == ["3", "2", "1"]
    inclusive = await client.conversations_history(channel="C0OPS", oldest=stamps[4], inclusive=True)
    assert [m["text"] for m in inclusive["messages"]] == ["4"]
    first = await client.conversations_history(channel="C0OPS", limit=2)
    assert first["has_more"]
    rest = await client.conversations_history(
        channel="C0OPS", limit=9, cursor=first["response_metadata"]["next_cursor"]
    )
    assert [m["text"] for m in rest["messages"]] == ["2", "1", "0"]


async def test_a_thread_is_read_parent_first(client: AsyncWebClient) -> None:
    parent = str((await client.chat_postMessage(channel="C0OPS", text="parent"))["ts"])
    await client.chat_postMessage(channel="C0OPS", text="reply", thread_ts=parent)
    replies = await client.conversations_replies(channel="C0OPS", ts=parent)
    assert [m["text"] for m in replies["messages"]] == ["parent", "reply"]
    with pytest.raises(SlackApiError, match="thread_not_found"):
        await client.conversations_replies(channel="C0OPS", ts="1.000001")


async def test_the_past_of_a_channel_is_for_members(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await client.conversations_history(channel="C0GENERAL")


async def test_each_kind_of_conversation_needs_its_own_scope() -> None:
    served = await serve(Workspace(manifest(scopes=["im:history"]), HandClock()))
    client = client_of(served)
    assert (await client.conversations_history(channel="D0OMAR"))["ok"]
    with pytest.raises(SlackApiError, match="missing_scope"):
        await client.conversations_history(channel="C0OPS")
    await served.close()


async def test_a_direct_conversation_is_opened_by_user(client: AsyncWebClient) -> None:
    assert (await client.conversations_open(users="U0VERA"))["channel"]["id"] == "D0VERA"
    with pytest.raises(SlackApiError, match="user_not_found"):
        await client.conversations_open(users="U0NOBODY")


async def test_members_are_listed(client: AsyncWebClient, workspace: Driver) -> None:
    await workspace.workspace.invite("U0OMAR", "U0WARDEN", "C0GENERAL")
    members = (await client.conversations_members(channel="C0GENERAL"))["members"]
    assert members == ["U0VERA", "U0OMAR", "U0ASHA", "U0NICO", "U0WARDEN"]
