"""Forms that were sent: their values go to the line they were opened for."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.front import Front
from bot.ids import LINE_FORM
from bot.views.form import submitted
from commands.ops.roles import Caller


def register(app: AsyncApp, front: Front) -> None:
    """Every form of ours by one listener."""

    async def sent(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        await ack()
        user = body["user"]
        form = submitted(view, user["id"])
        caller = Caller(user["id"], user.get("name", user["id"]), "slack")
        front.hand_on(f"form {view['id']} {view['hash']}", form.line, caller, form.origin, form.values)

    app.view(LINE_FORM)(sent)
