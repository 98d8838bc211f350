"""``chat.schedule*``: messages for later."""

from bot.workspace.api.call import Call
from bot.workspace.api.chat import CHAT, composed, writable
from bot.workspace.api.cursor import page
from bot.workspace.api.method import Method
from bot.workspace.core import Core
from bot.workspace.errors import ApiError
from bot.workspace.shapes import Json


def schedule(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.scheduleMessage."""
    room = writable(core, call)
    call.required("post_at")
    post_at = call.number("post_at", 0)
    scheduled = core.schedule.add(room.id, post_at, composed(core, call, room))
    return {
        "channel": room.id,
        "scheduled_message_id": scheduled.id,
        "post_at": post_at,
        "message": scheduled.message,
    }


def delete_scheduled(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.deleteScheduledMessage."""
    room = core.rooms.for_app(call.required("channel"))
    core.schedule.remove(room.id, call.required("scheduled_message_id"))
    return {}


def list_scheduled(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.scheduledMessages.list."""
    channel = call.text("channel")
    if channel and core.rooms.get(channel) is None:
        raise ApiError("invalid_channel")
    oldest, latest = call.number("oldest", 0), call.number("latest", 0)
    waiting = [
        {
            "id": s.id,
            "channel_id": s.channel,
            "post_at": s.post_at,
            "date_created": s.created,
            "text": s.message["text"],
        }
        for s in core.schedule.waiting()
        if (not channel or s.channel == channel)
        and s.post_at >= oldest
        and (not latest or s.post_at <= latest)
    ]
    messages, following = page(call, waiting)
    return {"scheduled_messages": messages, "response_metadata": {"next_cursor": following}}


METHODS = (
    Method("chat.scheduleMessage", schedule, tier=3, scopes=CHAT),
    Method("chat.deleteScheduledMessage", delete_scheduled, tier=3, scopes=CHAT),
    Method("chat.scheduledMessages.list", list_scheduled, tier=3),
)
