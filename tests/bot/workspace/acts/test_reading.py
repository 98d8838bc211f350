"""History, unread counters, reactions, the App Home."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.driver import Driver
from bot.workspace.errors import Refused
from bot.workspace.shapes import Json
from tests.bot.workspace.raw_app import RawApp


def channel(workspace: Driver, user: str, name: str = "batch-ops") -> Json:
    shown: list[Json] = workspace.workspace.snapshot(user)["channels"]
    return next(each for each in shown if each["name"] == name)


def counters(workspace: Driver, user: str, name: str = "batch-ops") -> tuple[int, int]:
    shown = channel(workspace, user, name)
    return shown["unread"], shown["mentions"]


async def test_messages_of_others_are_unread_until_they_are_read(workspace: Driver) -> None:
    omar, vera = workspace.person("Omar"), workspace.person("Vera")
    await omar.says("#batch-ops", "one")
    two = await omar.says("#batch-ops", "two, @vera")
    await omar.says("#batch-ops", "three, @batch-approvers")
    assert counters(workspace, vera.id) == (3, 1)
    assert counters(workspace, "U0ASHA") == (3, 1)
    assert counters(workspace, omar.id) == (0, 0)
    await workspace.workspace.mark_read(vera.id, "C0OPS", two.ts)
    assert counters(workspace, vera.id) == (1, 0)
    assert channel(workspace, vera.id)["last_read"] == two.ts


async def test_a_thread_makes_no_channel_unread_but_a_mention_counts(workspace: Driver) -> None:
    omar, vera = workspace.person("Omar"), workspace.person("Vera")
    parent = await omar.says("#batch-ops", "parent")
    await omar.replies(parent, "quiet")
    await omar.replies(parent, "@vera look")
    assert counters(workspace, vera.id) == (1, 1)


async def test_an_edit_makes_nothing_unread(client: AsyncWebClient, workspace: Driver) -> None:
    ts = str((await client.chat_postMessage(channel="C0OPS", text="one"))["ts"])
    await workspace.workspace.mark_read("U0VERA", "C0OPS", ts)
    await client.chat_update(channel="C0OPS", ts=ts, text="<@U0VERA> two")
    assert counters(workspace, "U0VERA") == (0, 0)


async def test_everything_direct_counts_as_a_mention(client: AsyncWebClient, workspace: Driver) -> None:
    await client.chat_postMessage(channel="U0VERA", text="one")
    assert counters(workspace, "U0VERA", "Wavewarden") == (1, 1)


async def test_history_comes_in_pages_oldest_first(workspace: Driver) -> None:
    omar = workspace.person("Omar")
    for number in range(5):
        await omar.says("#batch-ops", str(number))
    latest = await workspace.workspace.history("U0VERA", "C0OPS", limit=2)
    assert [m["text"] for m in latest] == ["3", "4"]
    before = await workspace.workspace.history("U0VERA", "C0OPS", before_ts=latest[0]["ts"], limit=2)
    assert [m["text"] for m in before] == ["1", "2"]


async def test_a_reaction_is_given_and_taken_back(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    said = await workspace.person("Omar").says("#batch-ops", "done")
    await workspace.workspace.reaction("U0VERA", "C0OPS", said.ts, "eyes")
    assert said.json["reactions"] == [{"name": "eyes", "users": ["U0VERA"], "count": 1}]
    event = (await raw.next())["payload"]["event"]
    assert (event["type"], event["item"]["ts"]) == ("reaction_added", said.ts)
    await workspace.workspace.reaction("U0VERA", "C0OPS", said.ts, "eyes")
    assert said.json["reactions"] == []


async def test_the_home_is_published_when_it_is_opened(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    await workspace.workspace.open_home("U0VERA")
    event = (await raw.next())["payload"]["event"]
    assert (event["type"], event["user"], event["channel"], event["tab"]) == (
        "app_home_opened",
        "U0VERA",
        "D0VERA",
        "home",
    )
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    assert (await raw.call("views.publish", user_id="U0VERA", view=view)).body["ok"]
    assert workspace.workspace.snapshot("U0VERA")["home"]["blocks"][0]["type"] == "divider"
    assert workspace.workspace.snapshot("U0OMAR")["home"] is None
    wrong = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": []}
    refused = await raw.call("views.publish", user_id="U0VERA", view=wrong)
    assert refused.body["error"] == "invalid_arguments"


async def test_nobody_else_can_look_in(workspace: Driver) -> None:
    for stranger in ("U0NOBODY", "U0WARDEN"):
        with pytest.raises(Refused):
            workspace.workspace.snapshot(stranger)
        with pytest.raises(Refused):
            workspace.workspace.subscribe(stranger)


async def test_a_reaction_that_is_no_emoji_is_refused(workspace: Driver) -> None:
    said = await workspace.person("Omar").says("#batch-ops", "done")
    for name in ("", "Eyes", "<script>"):
        with pytest.raises(Refused, match="no such emoji"):
            await workspace.workspace.reaction("U0VERA", "C0OPS", said.ts, name)
