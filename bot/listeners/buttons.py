"""Buttons that carry a line."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.front import Front
from bot.ids import LINE_ACTION, from_value
from bot.request import Origin
from commands.ops.roles import Caller


def register(app: AsyncApp, front: Front) -> None:
    """Whatever the line: its own rules decide what the click may do."""

    async def pressed(ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        user = body["user"]
        caller = Caller(user["id"], user.get("name", user["id"]), "slack")
        button, key = from_value(action["value"]), f"click {body['trigger_id']}"
        if button.asks:
            front.forms.open(key, body["trigger_id"])
        front.hand_on(key, button.line, caller, _origin(body))

    app.action(LINE_ACTION)(pressed)


def _origin(body: dict[str, Any]) -> Origin:
    """Answers to a click stand in the thread of the message that was clicked; a private message has none."""
    container = body["container"]
    channel, user, ts = container["channel_id"], body["user"]["id"], container["message_ts"]
    more = {"response_url": body.get("response_url"), "trigger_id": body["trigger_id"]}
    if container.get("is_ephemeral"):
        return Origin(channel, user, thread_ts=container.get("thread_ts"), **more)
    thread_ts = (body.get("message") or {}).get("thread_ts") or ts
    return Origin(channel, user, thread_ts=thread_ts, message_ts=ts, **more)
