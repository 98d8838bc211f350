"""Message shortcuts: what somebody said becomes the rest of a line."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.front import Front
from bot.ids import ESCALATE_MESSAGE
from bot.request import Origin
from bot.text import plain
from commands.ops.roles import Caller


def register(app: AsyncApp, front: Front) -> None:
    """*Escalate*, in the menu of every message; in an incident's thread it is about that incident."""

    async def escalate(ack: AsyncAck, shortcut: dict[str, Any]) -> None:
        await ack()
        user, message = shortcut["user"], shortcut["message"]
        key = f"shortcut {shortcut['trigger_id']}"
        origin = Origin(
            shortcut["channel"]["id"],
            user["id"],
            thread_ts=message.get("thread_ts") or shortcut["message_ts"],
            response_url=shortcut.get("response_url"),
            trigger_id=shortcut["trigger_id"],
        )
        front.forms.open(key, shortcut["trigger_id"])
        caller = Caller(user["id"], user.get("name", user["id"]), "slack")
        front.hand_on(key, f"escalate {plain(message.get('text', ''))}", caller, origin)

    app.message_shortcut(ESCALATE_MESSAGE)(escalate)
