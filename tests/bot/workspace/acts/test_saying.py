"""What a person types."""

import pytest

from bot.workspace.driver import Driver
from bot.workspace.errors import Refused
from tests.bot.workspace.raw_app import RawApp


async def test_a_message_is_stored_as_slack_stores_it(workspace: Driver) -> None:
    said = await workspace.person("Omar").says("#batch-ops", "@asha is lotus.dev < 5 & up?")
    assert said.text == "<@U0ASHA> is <http://lotus.dev|lotus.dev> &lt; 5 &amp; up?"


async def test_a_command_is_not_for_threads(workspace: Driver) -> None:
    omar = workspace.person("Omar")
    said = await omar.says("#batch-ops", "hello")
    with pytest.raises(Refused, match=r"^/batch is not supported in threads\. Sorry!$"):
        await omar.replies(said, "/batch status")


async def test_an_unknown_command_is_refused(workspace: Driver) -> None:
    with pytest.raises(Refused, match=r"^/foo is not a valid command\.$"):
        await workspace.person("Omar").slash("/foo bar")


@pytest.mark.parametrize("text", ["", "  ", "x" * 12_001])
async def test_nothing_and_too_much_is_not_sent(workspace: Driver, text: str) -> None:
    with pytest.raises(Refused):
        await workspace.person("Omar").says("#batch-ops", text)


async def test_a_reply_to_a_reply_lands_in_its_thread(workspace: Driver) -> None:
    omar = workspace.person("Omar")
    parent = await omar.says("#batch-ops", "parent")
    reply = await omar.replies(parent, "reply")
    below = await omar.replies(reply, "below")
    assert [m.ts for m in parent.thread] == [reply.ts, below.ts]


async def test_an_edited_mention_is_told_again_with_a_fresh_event_id(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    omar = workspace.person("Omar")
    said = await omar.says("#batch-ops", "@wavewarden statsu")
    first = await raw.next()
    await omar.edits(said, "@wavewarden status")
    second = await raw.next()
    assert first["payload"]["event_id"] != second["payload"]["event_id"]
    assert second["payload"]["event"]["ts"] == said.ts
    assert second["payload"]["event"]["edited"]["user"] == "U0OMAR"


async def test_only_ones_own_messages_can_be_edited(workspace: Driver) -> None:
    said = await workspace.person("Omar").says("#batch-ops", "mine")
    with pytest.raises(Refused, match="only your own"):
        await workspace.person("Vera").edits(said, "yours")


async def test_other_peoples_conversations_stay_theirs(workspace: Driver) -> None:
    room = await workspace.workspace.open_direct("U0OMAR", "U0ASHA")
    await workspace.workspace.say("U0OMAR", room, "between us")
    with pytest.raises(Refused, match="not yours"):
        await workspace.workspace.history("U0VERA", room)
    with pytest.raises(Refused, match="not yours"):
        await workspace.workspace.say("U0VERA", room, "me too")
    shown = {channel["id"] for channel in workspace.workspace.snapshot("U0VERA")["channels"]}
    assert room not in shown
