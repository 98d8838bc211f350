"""Who is in a channel: joining, inviting, opening a direct conversation."""

import re

from bot.workspace import events
from bot.workspace.acts.surroundings import room_of
from bot.workspace.core import Core
from bot.workspace.errors import Refused
from bot.workspace.ids import TEAM
from bot.workspace.posting import audience, post
from bot.workspace.room import Room
from bot.workspace.sight import channel_for

_WORD = re.compile(r"[@#]?[\w.-]+")


def join(core: Core, user: str, channel: str) -> None:
    """Enter a public channel."""
    room = room_of(core, user, channel)
    if user not in room.members:
        _enter(core, room, user, user)


def invite(core: Core, user: str, other: str, channel: str) -> None:
    """Bring somebody, or the app, into a channel."""
    room = room_of(core, user, channel)
    if room.is_im:
        raise Refused("Nobody can be added to a direct conversation.")
    if user not in room.members:
        raise Refused(f"You are not in #{room.name}. Join the channel first.")
    if other not in core.people:
        raise Refused("There is nobody of that name here.")
    if other in room.members:
        raise Refused(f"{core.people[other].real_name} is already in #{room.name}.")
    _enter(core, room, other, user)


def invite_typed(core: Core, user: str, room: Room, text: str) -> None:
    """Do what ``/invite @somebody [#channel]`` says."""
    words = _WORD.findall(text)
    named = next((word for word in words if not word.startswith("#")), "")
    channel = next((word for word in words if word.startswith("#")), "")
    handle = named.removeprefix("@").lower()
    other = next((person.id for person in core.people.values() if person.name.lower() == handle), None)
    where = core.rooms.named(channel) if channel else room
    if not handle:
        raise Refused("Whom? Type /invite @somebody.")
    if other is None:
        raise Refused(f"There is nobody called {named} here.")
    if where is None:
        raise Refused(f"There is no channel {channel}.")
    invite(core, user, other, where.id)


def open_direct(core: Core, user: str, other: str) -> str:
    """Return the id of the direct conversation with somebody, opened if it was not."""
    if other not in core.people:
        raise Refused("There is nobody of that name here.")
    known = set(core.rooms)
    room = core.rooms.direct(user, other)
    if room not in known:
        for member in audience(core, room):
            core.feed.send(member, {"type": "channel", "channel": channel_for(core, room, member)})
    return room.id


def _enter(core: Core, room: Room, user: str, inviter: str) -> None:
    room.members.append(user)
    room.marks[user].last_read = core.ids.ts()
    for person in audience(core, room):
        core.feed.send(person, {"type": "channel", "channel": channel_for(core, room, person)})
    joined = {
        "user": user,
        "team": TEAM,
        "subtype": "channel_join",
        "text": f"<@{user}> has joined the channel",
    }
    post(core, room, joined if inviter == user else {**joined, "inviter": inviter})
    entered = {"type": "member_joined_channel", "user": user, "channel": room.id, "channel_type": "C"}
    events.send(core, {**entered, "team": TEAM, "inviter": inviter, "event_ts": core.ids.ts()})
