"""Joining, inviting, direct conversations."""

import pytest

from bot.workspace.driver import Driver
from bot.workspace.errors import Refused
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
