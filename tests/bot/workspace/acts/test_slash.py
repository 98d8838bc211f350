"""Slash commands: their text, and what the ack shows."""

import pytest

from bot.workspace.driver import Driver
from bot.workspace.shapes import Json
from tests.bot.workspace.raw_app import RawApp


async def test_text_arrives_as_typed_unless_the_manifest_asks_for_escapes(
    raw: RawApp, workspace: Driver
) -> None:
    await raw.connect()
    omar = workspace.person("Omar")
    await omar.slash("/batch site lotus.dev @asha #batch-ops <b>")
    assert (await raw.next())["payload"]["text"] == "site lotus.dev @asha #batch-ops &lt;b&gt;"
    await omar.slash("/escape site lotus.dev @asha #batch-ops")
    assert (await raw.next())["payload"]["text"] == (
        "site <http://lotus.dev|lotus.dev> <@U0ASHA|asha> <#C0OPS|batch-ops>"
    )


async def test_the_text_of_an_ack_is_shown_to_the_person_alone(raw: RawApp, workspace: Driver) -> None:
    raw.answer = lambda _envelope: {"text": "only for you"}
    await raw.connect()
    await workspace.person("Omar").slash("/batch status")
    await workspace.person("Omar").told("only for you")
    assert workspace.messages() == []


async def test_an_ack_may_speak_to_the_channel(raw: RawApp, workspace: Driver) -> None:
    raw.answer = lambda _envelope: {"text": "for all", "response_type": "in_channel"}
    await raw.connect()
    await workspace.person("Omar").slash("/batch status")
    assert (await workspace.wait_for(text="for all")).channel == "C0OPS"


@pytest.mark.parametrize("answer", [{"blocks": [{"type": "unheard_of"}]}, {"text": 7}, {"blocks": 7}])
async def test_an_ack_that_slack_would_not_show_is_told_to_the_person(
    raw: RawApp, workspace: Driver, answer: Json
) -> None:
    raw.answer = lambda _envelope: answer
    await raw.connect()
    omar = workspace.person("Omar")
    await omar.slash("/batch status")
    assert await omar.notice("/batch failed with the error")


async def test_a_command_works_where_the_app_is_no_member(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    await workspace.person("Omar").slash("/batch status", channel="#general")
    assert (await raw.next())["payload"]["channel_name"] == "general"
    await workspace.person("Omar").slash("/batch status", channel="@app")
    assert (await raw.next())["payload"]["channel_name"] == "directmessage"
