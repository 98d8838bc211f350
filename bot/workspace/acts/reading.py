"""What a person looks at: a channel's past, a thread, the App Home, and what counts as read."""

import re
from itertools import takewhile

from bot.workspace import events
from bot.workspace.acts.surroundings import room_of
from bot.workspace.core import Core
from bot.workspace.errors import Refused
from bot.workspace.ids import BOT_USER
from bot.workspace.posting import mentioned, touch
from bot.workspace.room import in_channel
from bot.workspace.shapes import Json

MOST = 200  # messages of one page
_EMOJI = re.compile(r"[a-z0-9_+'-]{1,100}")


def history(core: Core, user: str, channel: str, before_ts: str | None = None, limit: int = 50) -> list[Json]:
    """The latest messages of a channel (before a moment), oldest first."""
    limit = max(0, min(limit, MOST))
    messages: list[Json] = []
    for message in room_of(core, user, channel).newest_first():
        if len(messages) == limit:
            break
        if before_ts is None or message["ts"] < before_ts:
            messages.append(message)
    return messages[::-1]


def thread(core: Core, user: str, channel: str, thread_ts: str) -> list[Json]:
    """A thread: its parent, then the replies."""
    return room_of(core, user, channel).thread(thread_ts)


def mark_read(core: Core, user: str, channel: str, ts: str) -> None:
    """Everything up to this message was read; what is later is counted anew."""
    room = room_of(core, user, channel)
    mark = room.marks[user]
    newest_first = takewhile(lambda message: message["ts"] > ts, reversed(room.messages.values()))
    later = [message for message in newest_first if message["user"] != user]
    mark.last_read = ts
    mark.unread = sum(in_channel(message) for message in later)
    mark.mentions = sum(room.is_im or user in mentioned(core, room, message) for message in later)
    core.feed.send(
        user,
        {
            "type": "read",
            "channel": room.id,
            "last_read": ts,
            "unread": mark.unread,
            "mentions": mark.mentions,
        },
    )


def react(core: Core, user: str, channel: str, ts: str, name: str) -> None:
    """Put a reaction under a message, or take one's own away."""
    room = room_of(core, user, channel)
    if ts not in room.messages:
        raise Refused("This message is gone.")
    if not _EMOJI.fullmatch(name):
        raise Refused("There is no such emoji.")
    given = {r["name"]: list(r["users"]) for r in room.messages[ts].get("reactions", [])}
    users = given.setdefault(name, [])
    added = user not in users
    if added:
        users.append(user)
    else:
        users.remove(user)
    reactions = [{"name": n, "users": u, "count": len(u)} for n, u in given.items() if u]
    touch(core, room, ts, {"reactions": reactions})
    events.send(
        core,
        {
            "type": "reaction_added" if added else "reaction_removed",
            "user": user,
            "reaction": name,
            "item_user": room.messages[ts]["user"],
            "item": {"type": "message", "channel": room.id, "ts": ts},
            "event_ts": core.ids.ts(),
        },
    )


def open_home(core: Core, user: str) -> None:
    """Look at the App Home: the app is told, and may publish it anew."""
    home = core.forms.homes.get(user)
    event: Json = {
        "type": "app_home_opened",
        "user": user,
        "channel": core.rooms.direct(user, BOT_USER).id,
        "tab": "home",
        "event_ts": core.ids.ts(),
    }
    events.send(core, event if home is None else {**event, "view": home})
