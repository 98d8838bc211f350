"""Shortcuts of messages and from anywhere."""

import pytest

from bot.workspace.driver import Driver
from bot.workspace.errors import Refused
from tests.bot.workspace.raw_app import RawApp


async def test_a_messages_shortcut_tells_the_message(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    omar = workspace.person("Omar")
    said = await omar.says("#batch-ops", "wave 5 is slow")
    await omar.uses("diagnose", said)
    payload = (await raw.next())["payload"]
    assert (payload["type"], payload["callback_id"]) == ("message_action", "diagnose")
    assert (payload["message_ts"], payload["message"]["text"]) == (said.ts, "wave 5 is slow")
    assert payload["response_url"]
    assert payload["trigger_id"]


async def test_a_global_shortcut_tells_who(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    await workspace.person("Omar").uses("ask")
    payload = (await raw.next())["payload"]
    assert (payload["type"], payload["user"]["id"]) == ("shortcut", "U0OMAR")
    assert "channel" not in payload


async def test_a_shortcut_without_the_app_is_told_to_the_person(workspace: Driver) -> None:
    omar = workspace.person("Omar")
    await omar.uses("ask")
    assert await omar.notice("Ask failed because the app did not respond")


async def test_a_shortcut_that_is_none_is_refused(workspace: Driver) -> None:
    with pytest.raises(Refused, match="no such shortcut"):
        await workspace.person("Omar").uses("dance")
    with pytest.raises(Refused, match="from the menu of a message"):
        await workspace.person("Omar").uses("diagnose")
