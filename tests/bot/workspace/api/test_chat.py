"""Messages by the Web API."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.clock import HandClock
from bot.workspace.driver import Driver
from bot.workspace.server import serve
from bot.workspace.shapes import Json
from bot.workspace.workspace import Workspace
from tests.bot.workspace.conftest import SCOPES, client_of, manifest

DIVIDER: Json = {"type": "divider"}
SECTION: Json = {"type": "section", "text": {"type": "mrkdwn", "text": "*hello*"}}


async def error_of(client: AsyncWebClient, method: str, **args: object) -> str:
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, json=args)
    return str(refused.value.response["error"])


async def test_a_message_is_seen_by_everybody_as_the_apps(client: AsyncWebClient, workspace: Driver) -> None:
    posted = await client.chat_postMessage(channel="C0OPS", text="hello")
    assert posted["message"]["bot_id"] == "B0WARDEN"
    message = await workspace.wait_for(text="hello")
    assert (message.ts, message.json["user"]) == (posted["ts"], "U0WARDEN")


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": "C0OPS"}, "no_text"),
        ({"channel": "C0OPS", "text": "", "blocks": []}, "no_text"),
        ({"text": "x"}, "invalid_arguments"),
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "C0GENERAL", "text": "x"}, "not_in_channel"),
        ({"channel": "C0OPS", "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"channel": "C0OPS", "text": "x", "metadata": {"event_type": "e"}}, "invalid_metadata_format"),
        ({"channel": "C0OPS", "text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"channel": "C0OPS", "text": "x", "blocks": [{"type": "unheard_of"}]}, "invalid_blocks"),
    ],
)
async def test_a_post_is_refused_by_slacks_name(client: AsyncWebClient, args: Json, error: str) -> None:
    assert await error_of(client, "chat.postMessage", **args) == error


async def test_fifty_blocks_are_taken_and_one_over_is_refused_with_its_path(client: AsyncWebClient) -> None:
    assert (await client.chat_postMessage(channel="C0OPS", text="x", blocks=[DIVIDER] * 50))["ok"]
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C0OPS", text="x", blocks=[DIVIDER] * 51)
    assert refused.value.response["error"] == "invalid_blocks"
    assert "blocks" in refused.value.response["response_metadata"]["messages"][0]


async def test_five_posts_at_once_are_taken_and_the_sixth_waits_a_second(
    client: AsyncWebClient, clock: HandClock
) -> None:
    for number in range(5):
        await client.chat_postMessage(channel="C0OPS", text=str(number))
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C0OPS", text="one over")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "1"
    assert (await client.chat_postMessage(channel="C0ESC", text="elsewhere"))["ok"]
    await clock.advance(1)
    assert (await client.chat_postMessage(channel="C0OPS", text="a second later"))["ok"]


async def test_public_channels_are_open_to_an_app_with_the_scope_for_it() -> None:
    served = await serve(Workspace(manifest([*SCOPES, "chat:write.public"]), HandClock()))
    assert (await client_of(served).chat_postMessage(channel="C0GENERAL", text="x"))["ok"]
    await served.close()


async def test_a_user_id_means_the_direct_conversation(client: AsyncWebClient) -> None:
    assert (await client.chat_postMessage(channel="U0OMAR", text="x"))["channel"] == "D0OMAR"


async def test_a_channel_may_be_given_by_name(client: AsyncWebClient) -> None:
    assert (await client.chat_postMessage(channel="#batch-ops", text="x"))["channel"] == "C0OPS"


async def test_a_username_counts_only_with_its_scope(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0OPS", text="x", username="Somebody")
    assert "username" not in posted["message"]


async def test_a_reply_hangs_under_its_parent_and_a_reply_to_it_too(
    client: AsyncWebClient, workspace: Driver
) -> None:
    parent = str((await client.chat_postMessage(channel="C0OPS", text="parent"))["ts"])
    reply = await client.chat_postMessage(channel="C0OPS", text="reply", thread_ts=parent)
    below = await client.chat_postMessage(channel="C0OPS", text="below", thread_ts=str(reply["ts"]))
    assert below["message"]["thread_ts"] == parent
    message = await workspace.wait_for(text="parent")
    assert message.json["reply_count"] == 2
    assert message.json["latest_reply"] == below["ts"]


async def test_a_reply_sent_to_the_channel_too_shows_there(client: AsyncWebClient) -> None:
    parent = str((await client.chat_postMessage(channel="C0OPS", text="parent"))["ts"])
    await client.chat_postMessage(channel="C0OPS", text="quiet", thread_ts=parent)
    await client.chat_postMessage(channel="C0OPS", text="loud", thread_ts=parent, reply_broadcast=True)
    history = await client.conversations_history(channel="C0OPS")
    assert [(m["text"], m.get("subtype")) for m in history["messages"]] == [
        ("loud", "thread_broadcast"),
        ("parent", None),
    ]


async def test_text_over_40000_characters_is_cut_with_a_warning(client: AsyncWebClient) -> None:
    whole = await client.chat_postMessage(channel="C0OPS", text="x" * 40_000)
    cut = await client.chat_postMessage(channel="C0OPS", text="x" * 40_001)
    assert "warning" not in whole.data
    assert cut["warning"] == "message_truncated"
    assert len(cut["message"]["text"]) == 40_000


async def test_an_edit_keeps_the_blocks_that_it_leaves_out(client: AsyncWebClient) -> None:
    ts = str((await client.chat_postMessage(channel="C0OPS", text="a", blocks=[SECTION]))["ts"])
    edited = await client.chat_update(channel="C0OPS", ts=ts, text="b")
    assert edited["message"]["blocks"][0]["type"] == "section"
    assert edited["message"]["text"] == "b"
    emptied = await client.chat_update(channel="C0OPS", ts=ts, text="c", blocks=[])
    assert "blocks" not in emptied["message"]
    assert emptied["message"]["edited"]["user"] == "U0WARDEN"


async def test_an_edits_text_may_have_4000_characters(client: AsyncWebClient) -> None:
    ts = str((await client.chat_postMessage(channel="C0OPS", text="a"))["ts"])
    assert (await client.chat_update(channel="C0OPS", ts=ts, text="x" * 4000))["ok"]
    too_long = {"channel": "C0OPS", "ts": ts, "text": "x" * 4001}
    assert await error_of(client, "chat.update", **too_long) == "msg_too_long"


async def test_an_edit_mentions_people_unless_it_is_told_not_to(client: AsyncWebClient) -> None:
    ts = str((await client.chat_postMessage(channel="C0OPS", text="@vera @here"))["ts"])
    assert (await client.conversations_history(channel="C0OPS"))["messages"][0]["text"] == "@vera @here"
    edited = await client.chat_update(channel="C0OPS", ts=ts, text="@vera @here")
    assert edited["text"] == "<@U0VERA> <!here>"
    edited = await client.chat_update(channel="C0OPS", ts=ts, text="@vera @here", parse="none")
    assert edited["text"] == "@vera @here"


async def test_only_the_apps_own_messages_can_be_changed_or_deleted(
    client: AsyncWebClient, workspace: Driver
) -> None:
    theirs = await workspace.person("Omar").says("#batch-ops", "mine")
    at = {"channel": "C0OPS", "ts": theirs.ts}
    assert await error_of(client, "chat.update", **at, text="x") == "cant_update_message"
    assert await error_of(client, "chat.delete", **at) == "cant_delete_message"
    gone = {"channel": "C0OPS", "ts": "1.000001"}
    assert await error_of(client, "chat.update", **gone, text="x") == "message_not_found"
    assert await error_of(client, "chat.delete", **gone) == "message_not_found"
    assert (
        await error_of(client, "chat.getPermalink", channel="C0OPS", message_ts="1.1") == "message_not_found"
    )


async def test_a_deleted_message_is_gone(client: AsyncWebClient, workspace: Driver) -> None:
    parent = str((await client.chat_postMessage(channel="C0OPS", text="parent"))["ts"])
    reply = str((await client.chat_postMessage(channel="C0OPS", text="x", thread_ts=parent))["ts"])
    await client.chat_delete(channel="C0OPS", ts=reply)
    message = await workspace.wait_for(text="parent")
    assert message.thread == []
    assert message.json["reply_count"] == 0
    await client.chat_delete(channel="C0OPS", ts=parent)
    await workspace.wait_until_gone(message)


async def test_an_ephemeral_message_is_one_persons_and_in_no_history(
    client: AsyncWebClient, workspace: Driver
) -> None:
    await client.chat_postEphemeral(channel="C0OPS", user="U0OMAR", text="for you")
    assert (await workspace.person("Omar").told("for you")).json["is_ephemeral"]
    assert workspace.person("Vera").private == []
    assert (await client.conversations_history(channel="C0OPS"))["messages"] == []


async def test_an_ephemeral_message_goes_to_members_only(client: AsyncWebClient, workspace: Driver) -> None:
    await workspace.workspace.open_direct("U0OMAR", "U0ASHA")
    args = {"channel": "D0OMAR", "user": "U0ASHA", "text": "x"}
    assert await error_of(client, "chat.postEphemeral", **args) == "user_not_in_channel"


async def test_a_permalink_names_channel_message_and_thread(client: AsyncWebClient) -> None:
    parent = str((await client.chat_postMessage(channel="C0OPS", text="x"))["ts"])
    reply = str((await client.chat_postMessage(channel="C0OPS", text="x", thread_ts=parent))["ts"])
    link = await client.chat_getPermalink(channel="C0OPS", message_ts=reply)
    assert f"/archives/C0OPS/p{reply.replace('.', '')}?thread_ts={parent}" in link["permalink"]


async def test_metadata_is_told_to_those_who_ask_for_it(client: AsyncWebClient) -> None:
    metadata = {"event_type": "plan", "event_payload": {"id": "P-7K2Q"}}
    await client.chat_postMessage(channel="C0OPS", text="x", metadata=metadata)
    silent = await client.conversations_history(channel="C0OPS")
    telling = await client.conversations_history(channel="C0OPS", include_all_metadata=True)
    assert "metadata" not in silent["messages"][0]
    assert telling["messages"][0]["metadata"] == metadata


async def test_other_peoples_conversations_are_not_found(client: AsyncWebClient, workspace: Driver) -> None:
    room = await workspace.workspace.open_direct("U0OMAR", "U0ASHA")
    assert await error_of(client, "chat.postMessage", channel=room, text="x") == "channel_not_found"
