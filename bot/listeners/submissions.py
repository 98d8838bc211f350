"""Forms that were sent: their values go to the line they were opened for."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.forms import TITLE
from bot.front import Front
from bot.ids import LINE_FORM
from bot.views.form import skeleton, submitted
from commands.ops.roles import Caller


def register(app: AsyncApp, front: Front) -> None:
    """Every form of ours by one listener."""

    async def sent(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        user = body["user"]
        form, key = submitted(view, user["id"]), f"form {view['id']} {view['hash']}"
        if form.goes_on:  # it stays open, for the form that comes next
            await ack(response_action="update", view=skeleton(TITLE))
            front.forms.keep(key, view["id"])
        else:
            await ack()
        caller = Caller(user["id"], user.get("name", user["id"]), "slack")
        front.hand_on(key, form.line, caller, form.origin, form.values)

    app.view(LINE_FORM)(sent)
