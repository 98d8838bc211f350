"""Slash commands: `/batch status` is the line “batch status”."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.front import Front
from bot.request import Origin
from bot.text import plain
from commands.ops.roles import Caller

ANY = re.compile(r"^/")
FORMS = ("/escalate",)  # answered by a form, which must be opened within 3 seconds


def register(app: AsyncApp, front: Front) -> None:
    """All of them by one listener: the lines know which exist."""

    async def slash(ack: AsyncAck, command: dict[str, Any]) -> None:
        await ack()
        caller = Caller(command["user_id"], command.get("user_name", command["user_id"]), "slack")
        more = {"response_url": command.get("response_url"), "trigger_id": command["trigger_id"]}
        origin = Origin(command["channel_id"], command["user_id"], **more)
        line = f"{command['command'].lstrip('/')} {plain(command.get('text', ''))}"
        key = f"slash {command['trigger_id']}"
        if command["command"] in FORMS:
            front.forms.open(key, command["trigger_id"])
        front.hand_on(key, line, caller, origin)

    app.command(ANY)(slash)
