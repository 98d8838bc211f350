"""What is posted to response URLs."""

import pytest

from bot.workspace.clock import HandClock
from bot.workspace.driver import Driver
from bot.workspace.shapes import Json
from tests.bot.workspace.raw_app import Answered, RawApp

BUTTON: Json = {
    "type": "actions",
    "elements": [{"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}],
}


async def url_of_command(raw: RawApp, workspace: Driver, channel: str = "#batch-ops") -> str:
    if not raw.sockets:
        await raw.connect()
    await workspace.person("Omar").slash("/batch status", channel=channel)
    return str((await raw.next())["payload"]["response_url"])


async def respond(raw: RawApp, url: str, **answer: object) -> Answered:
    return await raw.send("POST", url, json=answer)


async def test_five_answers_are_taken_and_the_sixth_is_refused(raw: RawApp, workspace: Driver) -> None:
    url = await url_of_command(raw, workspace)
    for number in range(5):
        assert (await respond(raw, url, text=str(number))).body == {"ok": True}
    refused = await respond(raw, url, text="one over")
    assert (refused.status, refused.body["error"]) == (404, "used_url")
    assert [m.text for m in workspace.person("Omar").private] == ["0", "1", "2", "3", "4"]


async def test_answers_are_taken_for_half_an_hour(raw: RawApp, workspace: Driver, clock: HandClock) -> None:
    url = await url_of_command(raw, workspace)
    await clock.advance(30 * 60)
    assert (await respond(raw, url, text="in time")).status == 200
    await clock.advance(1)
    late = await respond(raw, url, text="late")
    assert (late.status, late.body["error"]) == (404, "expired_url")


async def test_an_answer_reaches_a_channel_where_the_app_is_no_member(raw: RawApp, workspace: Driver) -> None:
    url = await url_of_command(raw, workspace, "#general")
    await respond(raw, url, text="for all", response_type="in_channel")
    assert (await workspace.wait_for(text="for all", channel="#general")).json["bot_id"] == "B0WARDEN"


@pytest.mark.parametrize(
    ("answer", "error"), [({}, "no_text"), ({"blocks": [{"type": "x"}], "text": "x"}, "invalid_blocks")]
)
async def test_an_answer_that_slack_would_not_show_is_refused(
    raw: RawApp, workspace: Driver, answer: Json, error: str
) -> None:
    refused = await respond(raw, await url_of_command(raw, workspace), **answer)
    assert (refused.status, refused.body["error"]) == (400, error)


async def test_an_answer_that_is_no_json_is_refused(raw: RawApp, workspace: Driver) -> None:
    url = await url_of_command(raw, workspace)
    assert (await raw.send("POST", url, data=b"hello")).body["error"] == "invalid_payload"


async def test_a_pressed_message_is_replaced_or_deleted(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    omar = workspace.person("Omar")
    await raw.call("chat.postMessage", channel="C0OPS", text="pick", blocks=[BUTTON])
    message = await workspace.wait_for(text="pick")
    await omar.click(message, "Go")
    url = (await raw.next())["payload"]["response_url"]
    await respond(raw, url, replace_original=True, text="picked")
    assert (message.text, message.blocks) == ("picked", [])
    await respond(raw, url, delete_original=True)
    assert workspace.messages() == []


async def test_a_pressed_private_message_is_replaced_and_deleted_too(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    omar = workspace.person("Omar")
    await raw.call("chat.postEphemeral", channel="C0OPS", user="U0OMAR", text="pick", blocks=[BUTTON])
    private = await omar.told("pick")
    await omar.click(private, "Go")
    url = (await raw.next())["payload"]["response_url"]
    await respond(raw, url, replace_original=True, text="picked")
    assert [m.text for m in omar.private] == ["picked"]
    await respond(raw, url, delete_original=True)
    assert omar.private == []
