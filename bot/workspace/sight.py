"""The workspace as one person sees it: people, groups, rooms with their counters."""

from bot.workspace.cast import Group, Person
from bot.workspace.core import Core
from bot.workspace.ids import BOT, BOT_USER, TEAM, TEAM_NAME
from bot.workspace.manifest import Manifest
from bot.workspace.room import Room
from bot.workspace.shapes import Json


def person_shown(person: Person) -> Json:
    """A person for the page."""
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "title": person.title,
        "is_bot": person.is_bot,
        "color": person.color,
        "initials": person.initials,
    }


def group_shown(group: Group) -> Json:
    """A user group for the page."""
    return {"id": group.id, "handle": group.handle, "name": group.name, "users": list(group.users)}


def can_see(room: Room, user: str) -> bool:
    """Public channels are open to everybody's eyes, direct conversations to their two."""
    return not room.is_im or user in room.members


def channel_for(core: Core, room: Room, user: str) -> Json:
    """A room for this person's page, with what is unread there."""
    mark = room.marks[user]
    shown: Json = {
        "id": room.id,
        "name": room.name,
        "is_im": room.is_im,
        "topic": room.topic,
        "members": list(room.members),
        "is_member": user in room.members,
        "unread": mark.unread,
        "mentions": mark.mentions,
        "last_read": mark.last_read,
    }
    if room.is_im:
        other = core.people[room.other(user)]
        shown |= {"name": other.real_name, "user": other.id}
    return shown


def snapshot(core: Core, user: str) -> Json:
    """All that a page needs to begin with; events tell the rest."""
    return {
        "type": "snapshot",
        "team": {"id": TEAM, "name": TEAM_NAME},
        "me": person_shown(core.people[user]),
        "people": [person_shown(person) for person in core.people.values()],
        "groups": [group_shown(group) for group in core.groups.values()],
        "channels": [channel_for(core, room, user) for room in core.rooms if can_see(room, user)],
        **_app_shown(core.app.manifest),
        "home": core.forms.homes.get(user),
        "views": list(core.forms.stacks[user]),
        "faults": core.faults.listed(),
        "log": core.activity.entries,
        "time": core.clock.now(),
        "presence": core.hub.presence(),
    }


def _app_shown(manifest: Manifest) -> Json:
    return {
        "bot": {"id": BOT, "user_id": BOT_USER, "name": manifest.bot_name},
        "commands": [
            {"command": c.command, "description": c.description, "usage_hint": c.usage_hint}
            for c in manifest.commands
        ],
        "shortcuts": [
            {"name": s.name, "type": s.type, "callback_id": s.callback_id, "description": s.description}
            for s in manifest.shortcuts
        ],
    }
