"""The fields that tell an app who did something, and where: they are in every request alike."""

from bot.workspace.app_identity import VERIFICATION
from bot.workspace.core import Core
from bot.workspace.errors import Refused
from bot.workspace.ids import APP, TEAM, TEAM_DOMAIN
from bot.workspace.room import Room
from bot.workspace.shapes import Json
from bot.workspace.sight import can_see


def room_of(core: Core, user: str, channel: str) -> Room:
    """A room this person can see.

    Raises:
        Refused: there is none of this id, or it is other people's.
    """
    room = core.rooms.get(channel)
    if room is None or not can_see(room, user):
        raise Refused("This conversation does not exist, or it is not yours.")
    return room


def own_room(core: Core, user: str, channel: str) -> Room:
    """A room this person is in.

    Raises:
        Refused: they would have to join first.
    """
    room = room_of(core, user, channel)
    if user not in room.members:
        raise Refused(f"You are not in #{room.name}. Join the channel first.")
    return room


def room_name(room: Room) -> str:
    """What requests call a room; every direct conversation has the same name."""
    return "directmessage" if room.is_im else room.name


def response_url(core: Core, path: str) -> str:
    """The whole response URL to a path that was minted."""
    return f"{core.url}/response/{path}"


def interaction(core: Core, kind: str, user: str) -> Json:
    """What every interactive payload begins with; its ``trigger_id`` is added by whoever knows the view."""
    person = core.people[user]
    return {
        "type": kind,
        "user": {"id": user, "username": person.name, "name": person.name, "team_id": TEAM},
        "api_app_id": APP,
        "token": VERIFICATION,
        "team": {"id": TEAM, "domain": TEAM_DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def notice(core: Core, user: str, text: str, channel: str | None = None) -> None:
    """Show a person Slack's own words."""
    event: Json = {"type": "notice", "text": text, "kind": "error"}
    core.feed.send(user, event if channel is None else {**event, "channel": channel})
