"""Joining, inviting, direct conversations."""

import pytest

from bot.workspace.cast import Channel
from bot.workspace.clock import HandClock
from bot.workspace.driver import Driver
from bot.workspace.errors import Refused
from bot.workspace.workspace import Workspace
from tests.bot.workspace.conftest import manifest
from tests.bot.workspace.raw_app import RawApp


async def test_the_app_is_invited_by_typing(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    omar = workspace.person("Omar")
    assert (await raw.call("chat.postMessage", channel="C0GENERAL", text="x")).body["ok"] is False
    await workspace.workspace.say(omar.id, "C0GENERAL", "/invite @wavewarden")
    assert (await raw.call("chat.postMessage", channel="C0GENERAL", text="x")).body["ok"] is True
    event = (await raw.next())["payload"]["event"]
    assert (event["type"], event["user"], event["inviter"]) == (
        "member_joined_channel",
        "U0WARDEN",
        "U0OMAR",
    )


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/invite", "Whom"),
        ("/invite @nobody", "There is nobody called @nobody here."),
        ("/invite @vera", "Vera Lind is already in #general."),
        ("/invite @vera #nowhere", "There is no channel #nowhere."),
    ],
)
async def test_an_invitation_that_cannot_be_is_refused(workspace: Driver, line: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        await workspace.person("Omar").slash(line, channel="#general")


async def test_nobody_is_invited_into_a_direct_conversation(workspace: Driver) -> None:
    with pytest.raises(Refused, match="direct conversation"):
        await workspace.person("Omar").slash("/invite @vera", channel="@app")


async def test_a_direct_conversation_is_opened_once(workspace: Driver) -> None:
    seen = workspace.workspace.subscribe("U0ASHA")
    room = await workspace.workspace.open_direct("U0OMAR", "U0ASHA")
    assert await workspace.workspace.open_direct("U0ASHA", "U0OMAR") == room
    event = await anext(seen)
    assert (event["channel"]["id"], event["channel"]["name"]) == (room, "Omar Haddad")


async def test_a_public_channel_is_read_by_all_and_written_by_its_members() -> None:
    channel = Channel("C0NEW", "new", "", ("U0OMAR",))
    workspace = Workspace(manifest(), HandClock(), channels=[channel])
    await workspace.say("U0OMAR", "C0NEW", "hello")
    assert [m["text"] for m in await workspace.history("U0VERA", "C0NEW")] == ["hello"]
    with pytest.raises(Refused, match="Join the channel first"):
        await workspace.say("U0VERA", "C0NEW", "me too")
    with pytest.raises(Refused, match="Join the channel first"):
        await workspace.invite("U0VERA", "U0ASHA", "C0NEW")
    await workspace.join("U0VERA", "C0NEW")
    await workspace.join("U0VERA", "C0NEW")
    await workspace.say("U0VERA", "C0NEW", "me too")
    texts = [m["text"] for m in await workspace.history("U0OMAR", "C0NEW")]
    assert texts == ["hello", "<@U0VERA> has joined the channel", "me too"]
