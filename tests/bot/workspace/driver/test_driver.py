"""The driver reads aloud, waits for events, and says what was there instead."""

import asyncio

import pytest
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.driver import Driver
from bot.workspace.server import Served
from bot.workspace.shapes import Json
from tests.bot.workspace.conftest import Connector


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def row(site: str) -> Json:
    return {
        "type": "section",
        "text": {"type": "mrkdwn", "text": site},
        "accessory": {"type": "button", "action_id": f"redeploy {site}", "text": plain("Redeploy")},
    }


FORM: Json = {
    "type": "modal",
    "callback_id": "mark",
    "title": plain("Mark a site"),
    "submit": plain("Mark"),
    "blocks": [
        {
            "type": "input",
            "block_id": "status",
            "label": plain("New status"),
            "element": {
                "type": "static_select",
                "action_id": "pick",
                "options": [
                    {"text": plain("Designed"), "value": "D"},
                    {"text": plain("Planned"), "value": "P"},
                ],
            },
        },
        {
            "type": "input",
            "block_id": "reason",
            "label": plain("Reason"),
            "element": {"type": "plain_text_input", "action_id": "text"},
        },
    ],
}


async def test_a_form_is_opened_filled_in_and_submitted(workspace: Driver, connector: Connector) -> None:
    app = connector.app()

    @app.command("/batch")
    async def batch(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view("mark")
    async def mark(ack: AsyncAck, view: Json, client: AsyncWebClient) -> None:
        await ack()
        values = view["state"]["values"]
        status = values["status"]["pick"]["selected_option"]["value"]
        text = f"Marked {status}: {values['reason']['text']['value']}"
        await client.chat_postMessage(channel="C0OPS", text=text)

    await connector.connect(app)
    operator = workspace.person("Omar")
    await operator.slash("/batch mark lotus.dev")
    form = await operator.form("Mark a site")
    await operator.submit(form, new_status="Designed", reason="was lost")
    await workspace.wait_for(text="Marked D: was lost", channel="#batch-ops")


async def test_buttons_that_read_alike_are_told_apart_by_their_row(
    workspace: Driver, connector: Connector
) -> None:
    app = connector.app()
    pressed: list[str] = []

    @app.action("redeploy lotus.dev")
    async def redeploy(ack: AsyncAck, body: Json) -> None:
        pressed.append(body["actions"][0]["action_id"])
        await ack()

    await connector.connect(app)
    await app.client.chat_postMessage(channel="C0OPS", text="x", blocks=[row("moss.io"), row("lotus.dev")])
    message = await workspace.wait_for(text="lotus.dev", button="Redeploy")
    assert message.buttons == ["Redeploy", "Redeploy"]
    with pytest.raises(AssertionError, match="2 buttons “Redeploy”"):
        await workspace.person("Omar").click(message, "Redeploy")
    await workspace.person("Omar").click(message, "Redeploy", near="lotus.dev")
    assert pressed == ["redeploy lotus.dev"]


async def test_the_home_is_opened_and_its_buttons_pressed(workspace: Driver, connector: Connector) -> None:
    app = connector.app()

    @app.event("app_home_opened")
    async def home(event: Json, client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [row("lotus.dev")]})

    @app.action("redeploy lotus.dev")
    async def redeploy(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_publish(
            user_id=body["user"]["id"], view={"type": "home", "blocks": [row("moss.io")]}
        )

    await connector.connect(app)
    operator = workspace.person("Omar")
    home_view = await operator.home()
    assert "lotus.dev" in home_view.text
    await operator.click(home_view, "Redeploy")
    assert "moss.io" in home_view.text


async def test_only_what_came_after_the_last_act_counts(client: AsyncWebClient, workspace: Driver) -> None:
    await client.chat_postMessage(channel="C0OPS", text="status: old")
    await workspace.person("Omar").says("#batch-ops", "and now?")
    waiting = asyncio.create_task(workspace.wait_for(text="status:"))
    await client.chat_postMessage(channel="C0OPS", text="status: new")
    assert (await waiting).text == "status: new"


async def test_an_edited_message_counts_as_new(client: AsyncWebClient, workspace: Driver) -> None:
    ts = str((await client.chat_postMessage(channel="C0OPS", text="running"))["ts"])
    await workspace.person("Omar").says("#batch-ops", "and now?")
    await client.chat_update(channel="C0OPS", ts=ts, text="done")
    assert (await workspace.wait_for(text="done")).ts == ts


async def test_what_never_comes_is_an_assertion_with_what_was_said(
    served: Served, client: AsyncWebClient
) -> None:
    impatient = Driver(served.workspace, hangs_after=0.05)
    await client.chat_postMessage(channel="C0OPS", text="something else")
    with pytest.raises(AssertionError, match=r"Nobody said “status” but:\n.*something else"):
        await impatient.wait_for(text="status")


def test_a_name_that_is_nobodys_is_an_assertion(workspace: Driver) -> None:
    with pytest.raises(AssertionError, match="nobody called Zoe"):
        workspace.person("Zoe")
