"""Shortcuts: of a message, from its menu, or global, from anywhere.

https://docs.slack.dev/interactivity/implementing-shortcuts
"""

from bot.workspace.acts.surroundings import interaction, notice, response_url, room_name, room_of
from bot.workspace.core import Core
from bot.workspace.errors import NotDelivered, Refused
from bot.workspace.events import told
from bot.workspace.shapes import Json


async def shortcut(
    core: Core, user: str, callback_id: str, channel: str | None = None, message_ts: str | None = None
) -> None:
    """Use a shortcut; one of kind ``message`` needs the message it is used on."""
    known = next((s for s in core.app.manifest.shortcuts if s.callback_id == callback_id), None)
    if known is None:
        raise Refused("There is no such shortcut.")
    if known.type == "global":
        payload = interaction(core, "shortcut", user)
    else:
        payload = _on_message(core, user, channel, message_ts)
    payload |= {
        "callback_id": callback_id,
        "trigger_id": core.triggers.mint(user),
        "action_ts": core.ids.ts(),
    }
    try:
        await core.delivery.request("interactive", payload, responds=False)
    except NotDelivered:
        notice(core, user, f"{known.name} failed because the app did not respond", channel)


def _on_message(core: Core, user: str, channel: str | None, message_ts: str | None) -> Json:
    if channel is None or message_ts is None:
        raise Refused("Use this shortcut from the menu of a message.")
    room = room_of(core, user, channel)
    message = room.messages.get(message_ts)
    if message is None:
        raise Refused("This message is gone.")
    path = core.response_urls.mint(user, room.id, message_ts, message.get("thread_ts"))
    return interaction(core, "message_action", user) | {
        "channel": {"id": room.id, "name": room_name(room)},
        "message_ts": message_ts,
        "message": told(message),
        "response_url": response_url(core, path),
    }
