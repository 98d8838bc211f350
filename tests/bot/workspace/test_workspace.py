"""The whole path once: a real Bolt app, four people, one thread."""

from slack_bolt.async_app import AsyncAck, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.clock import HandClock
from bot.workspace.driver import Driver
from bot.workspace.server import serve
from bot.workspace.shapes import Json
from bot.workspace.workspace import Workspace
from tests.bot.workspace.conftest import Connector, manifest

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


async def test_everything_ends_with_the_workspace(clock: HandClock) -> None:
    served = await serve(Workspace(manifest(), clock))
    subscription = served.workspace.subscribe("U0OMAR")
    await served.close()
    assert [event async for event in subscription] == []


async def test_twenty_pages_see_a_thousand_messages_in_order(workspace: Driver) -> None:
    pages = [workspace.workspace.subscribe(user) for user in ("U0VERA", "U0ASHA") for _ in range(10)]
    omar = workspace.person("Omar")
    said = [(await omar.says("#batch-ops", str(number))).ts for number in range(1000)]
    for page in pages:
        page.close()
        seen = [event["message"]["ts"] async for event in page if event["type"] == "message"]
        assert seen == said
