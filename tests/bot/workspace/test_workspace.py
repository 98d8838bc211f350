"""The whole path once: a real Bolt app, four people, one thread."""

from slack_bolt.async_app import AsyncAck, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.driver import Driver
from bot.workspace.shapes import Json
from tests.bot.workspace.conftest import Connector

STATUS: list[Json] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*Batch 001* is well"}},
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "approve", "text": {"type": "plain_text", "text": "Approve"}}
        ],
    },
]


async def test_a_command_is_answered_and_its_button_pressed_by_somebody_else(
    workspace: Driver, connector: Connector
) -> None:
    app = connector.app()

    @app.command("/batch")
    async def batch(ack: AsyncAck, command: Json, client: AsyncWebClient) -> None:
        await ack()
        posted = await client.chat_postMessage(channel=command["channel_id"], text="Batch 001", blocks=STATUS)
        await client.chat_postMessage(
            channel=command["channel_id"], text="the evidence", thread_ts=str(posted["ts"])
        )

    @app.action("approve")
    async def approve(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        text = f"Approved by <@{body['user']['id']}>"
        await client.chat_update(
            channel=body["channel"]["id"], ts=body["message"]["ts"], text=text, blocks=[]
        )

    await connector.connect(app)
    operator, approver = workspace.person("Omar"), workspace.person("Asha")
    await operator.slash("/batch status")
    message = await workspace.wait_for(text="is well")
    await workspace.wait_for(text="the evidence", thread=message)
    assert message.buttons == ["Approve"]
    assert [reply.text for reply in message.thread] == ["the evidence"]
    await approver.click(message, "Approve")
    assert (await workspace.wait_for(text="Approved by <@U0ASHA>")).ts == message.ts


async def test_a_mention_is_heard_and_answered_in_its_thread(workspace: Driver, connector: Connector) -> None:
    app = connector.app()

    @app.event("app_mention")
    async def mention(event: Json, say: AsyncSay) -> None:
        await say(f"You said: {event['text']}", thread_ts=event["ts"])

    await connector.connect(app)
    asked = await workspace.person("Omar").says("#batch-ops", "@wavewarden site lotus.dev")
    answer = await workspace.wait_for(thread=asked)
    assert answer.text == "You said: <@U0WARDEN> site <http://lotus.dev|lotus.dev>"
