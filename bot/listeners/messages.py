"""Mentions and direct messages: the same lines, without the slash and without `batch`."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot.front import Front
from bot.request import Origin
from bot.text import plain, without_mention
from commands.ops.roles import Caller


def register(app: AsyncApp, front: Front) -> None:
    """Mentions anywhere, and every message in a direct conversation."""

    async def mentioned(event: dict[str, Any], context: AsyncBoltContext) -> None:
        if not event.get("edited"):  # an edited mention comes again, as if it were new
            _hand_on(front, event, context.bot_user_id or "")

    async def told(event: dict[str, Any], context: AsyncBoltContext) -> None:
        if event.get("channel_type") == "im" and not event.get("subtype") and not event.get("bot_id"):
            _hand_on(front, event, context.bot_user_id or "")

    app.event("app_mention")(mentioned)
    app.event("message")(told)


def _hand_on(front: Front, event: dict[str, Any], bot_user: str) -> None:
    user = event["user"]
    line = plain(without_mention(event.get("text", ""), bot_user))
    origin = Origin(event["channel"], user, thread_ts=event.get("thread_ts"))
    front.hand_on(f"message {event['channel']} {event['ts']}", line, Caller(user, user, "slack"), origin)
