"""``conversations.*``: channels, who is in them, what was said."""

from bot.workspace.api.call import Call
from bot.workspace.api.cursor import page
from bot.workspace.api.method import Method, need
from bot.workspace.core import Core
from bot.workspace.errors import ApiError
from bot.workspace.ids import BOT_USER, TEAM
from bot.workspace.room import Room
from bot.workspace.shapes import Json

READ = ("channels:read", "groups:read", "mpim:read", "im:read")
HISTORY = ("channels:history", "groups:history", "mpim:history", "im:history")
OPEN = ("channels:manage", "groups:write", "im:write", "mpim:write")


def list_rooms(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.list."""
    types = {kind.strip() for kind in (call.text("types") or "public_channel").split(",")}
    if unknown := types - {"public_channel", "private_channel", "mpim", "im"}:
        raise ApiError("invalid_types", needed=",".join(sorted(unknown)))
    wanted = [
        room
        for room in core.rooms
        if (room.is_im and "im" in types and BOT_USER in room.members)
        or (not room.is_im and "public_channel" in types)
    ]
    rooms, following = page(call, wanted)
    described = [_described(room) for room in rooms]
    return {"channels": described, "response_metadata": {"next_cursor": following}}


def info(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.info."""
    room = core.rooms.for_app(call.required("channel"))
    need(core, "im:read" if room.is_im else "channels:read")
    described = _described(room)
    if call.flag("include_num_members"):
        described["num_members"] = len(room.members)
    return {"channel": described}


def members(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.members."""
    room = core.rooms.for_app(call.required("channel"))
    need(core, "im:read" if room.is_im else "channels:read")
    users, following = page(call, room.members)
    return {"members": users, "response_metadata": {"next_cursor": following}}


def open_room(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.open."""
    users = [user for user in call.text("users").split(",") if user]
    channel = call.text("channel")
    if channel:
        return {"channel": {"id": core.rooms.for_app(channel).id}}
    if not users:
        raise ApiError("users_list_not_supplied")
    need(core, "im:write" if len(users) == 1 else "mpim:write")
    if len(users) > 1:  # this workspace has no group conversations
        raise ApiError("method_not_supported_for_channel_type")
    if users[0] not in core.people:
        raise ApiError("user_not_found")
    room = core.rooms.direct(users[0], BOT_USER)
    opened = _described(room) if call.flag("return_im") else {"id": room.id}
    return {"channel": opened, "no_op": True, "already_open": True}


def history(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.history."""
    room = _readable(core, call)
    within = [message for message in room.newest_first() if _between(call, message)]
    messages, following = page(call, within)
    told = [_told(message, call) for message in messages]
    more = {"has_more": bool(following), "pin_count": len(room.pins)}
    return {"messages": told, **more, "response_metadata": {"next_cursor": following}}


def replies(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.replies."""
    room = _readable(core, call)
    ts = call.required("ts")
    thread = room.thread(room.messages.get(ts, {}).get("thread_ts", ts))
    if not thread:
        raise ApiError("thread_not_found")
    parent, *rest = thread
    messages, following = page(call, [parent, *(m for m in rest if _between(call, m))])
    told = [_told(message, call) for message in messages]
    return {"messages": told, "has_more": bool(following), "response_metadata": {"next_cursor": following}}


def _readable(core: Core, call: Call) -> Room:
    room = core.rooms.for_app(call.required("channel"))
    need(core, "im:history" if room.is_im else "channels:history")
    if BOT_USER not in room.members:
        raise ApiError("not_in_channel")
    return room


def _between(call: Call, message: Json) -> bool:
    """Whether a message lies between ``oldest`` and ``latest``; the ends count only where ``inclusive``."""
    ts = message["ts"]
    oldest, latest = call.text("oldest"), call.text("latest")
    if call.flag("inclusive") and ts in {oldest, latest}:
        return True
    return (not oldest or float(ts) > float(oldest)) and (not latest or float(ts) < float(latest))


def _told(message: Json, call: Call) -> Json:
    if call.flag("include_all_metadata"):
        return message
    return {key: value for key, value in message.items() if key != "metadata"}


def _described(room: Room) -> Json:
    """Slack's conversation object."""
    common: Json = {"id": room.id, "created": room.created, "is_archived": False, "is_im": room.is_im}
    if room.is_im:
        return {**common, "user": room.other(BOT_USER), "is_org_shared": False, "context_team_id": TEAM}
    return {
        **common,
        "name": room.name,
        "name_normalized": room.name,
        "is_channel": True,
        "is_group": False,
        "is_mpim": False,
        "is_private": False,
        "is_general": room.name == "general",
        "is_member": BOT_USER in room.members,
        "is_shared": False,
        "context_team_id": TEAM,
        "topic": {"value": room.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(room.members),
    }


METHODS = (
    Method("conversations.list", list_rooms, tier=2, scopes=READ),
    Method("conversations.info", info, tier=3, scopes=READ),
    Method("conversations.members", members, tier=4, scopes=READ),
    Method("conversations.open", open_room, tier=3, scopes=OPEN),
    Method("conversations.history", history, tier=3, scopes=HISTORY),
    Method("conversations.replies", replies, tier=3, scopes=HISTORY),
)
