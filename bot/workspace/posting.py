"""What happens to a message: posted, changed, deleted, and who is told of it."""

import json

from bot.workspace import events
from bot.workspace.core import Core
from bot.workspace.ids import BOT_USER
from bot.workspace.room import Room, in_channel, is_reply
from bot.workspace.shapes import Json
from bot.workspace.sight import channel_for


def post(core: Core, room: Room, message: Json) -> Json:
    """Put a message into a room; it gets its ``ts``, everybody is told, counters move.

    Args:
        core: the workspace.
        room: where it goes.
        message: ``user`` and ``text`` at least; ``thread_ts`` names the parent of a reply.
    """
    message = {"type": "message", **message, "ts": core.ids.ts()}
    if message.get("subtype") == "thread_broadcast":
        message["broadcast"] = True
        message["root"] = dict(room.messages[message["thread_ts"]])
    room.add(message)
    core.feed.send_all(audience(core, room), {"type": "message", "channel": room.id, "message": message})
    if is_reply(message):
        _count_replies(core, room, message["thread_ts"])
    _count_unread(core, room, message)
    events.message_posted(core, room, message)
    return message


def change(core: Core, room: Room, ts: str, fields: Json) -> Json:
    """Change a message in place; a field that is None goes. Edits move no counters and mention nobody."""
    before = room.messages[ts]
    merged = {**before, **fields}
    message = {key: value for key, value in merged.items() if value is not None}
    room.messages[ts] = message
    _tell_changed(core, room, message)
    events.message_changed(core, room, message, before)
    return message


def delete(core: Core, room: Room, ts: str) -> None:
    """Take a message out."""
    message = room.remove(ts)
    gone = {"type": "message_deleted", "channel": room.id, "ts": ts}
    core.feed.send_all(audience(core, room), gone)
    if is_reply(message) and message["thread_ts"] in room.messages:
        _count_replies(core, room, message["thread_ts"])
    events.message_deleted(core, room, message)


def touch(core: Core, room: Room, ts: str, fields: Json) -> None:
    """Change what only people's pages show of a message (reactions, pins): no edit, no event."""
    room.messages[ts] = {**room.messages[ts], **fields}
    _tell_changed(core, room, room.messages[ts])


def audience(core: Core, room: Room) -> list[str]:
    """The people who can see a room: everybody a public channel, only its two a direct conversation."""
    seeing = room.members if room.is_im else core.people
    return [user for user in seeing if user != BOT_USER]


def mentioned(core: Core, room: Room, message: Json) -> set[str]:
    """Whom a message calls: by name, by group, or everybody in the room."""
    said = message["text"] + json.dumps(message.get("blocks", []))
    if any(call in said for call in ("<!here>", "<!channel>", "<!everyone>")):
        return set(room.members)
    groups = [group for group in core.groups.values() if f"<!subteam^{group.id}" in said]
    named = {user for user in core.people if f"<@{user}>" in said or f"<@{user}|" in said}
    return named.union(*(group.users for group in groups))


def _tell_changed(core: Core, room: Room, message: Json) -> None:
    changed = {"type": "message_changed", "channel": room.id, "message": message}
    core.feed.send_all(audience(core, room), changed)


def _count_replies(core: Core, room: Room, parent_ts: str) -> None:
    replies = room.thread(parent_ts)[1:]
    users = list(dict.fromkeys(reply["user"] for reply in replies))
    counted = {
        "thread_ts": parent_ts,
        "reply_count": len(replies),
        "reply_users": users,
        "reply_users_count": len(users),
        "latest_reply": replies[-1]["ts"] if replies else None,
    }
    touch(core, room, parent_ts, counted)


def _count_unread(core: Core, room: Room, message: Json) -> None:
    """Move the counters of everybody but the author: unread in the channel itself, mentions anywhere."""
    calling = mentioned(core, room, message)
    for user in room.members:
        mark = room.marks[user]
        if user == message["user"]:
            mark.last_read, mark.unread, mark.mentions = message["ts"], 0, 0
        else:
            mark.unread += in_channel(message)
            mark.mentions += room.is_im or user in calling
        if user != BOT_USER:
            core.feed.send(user, {"type": "channel", "channel": channel_for(core, room, user)})
