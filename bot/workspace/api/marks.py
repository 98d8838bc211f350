"""``reactions.*`` and ``pins.*``: what hangs on messages."""

from bot.workspace.acts import reading
from bot.workspace.api.call import Call
from bot.workspace.api.method import Method
from bot.workspace.core import Core
from bot.workspace.errors import ApiError
from bot.workspace.ids import BOT_USER
from bot.workspace.posting import touch
from bot.workspace.room import Room
from bot.workspace.shapes import Json


def add_reaction(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/reactions.add."""
    room, ts = _message(core, call)
    if _reacted(room, ts, call.required("name")):
        raise ApiError("already_reacted")
    reading.react(core, BOT_USER, room.id, ts, call.text("name"))
    return {}


def remove_reaction(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/reactions.remove."""
    room, ts = _message(core, call)
    if not _reacted(room, ts, call.required("name")):
        raise ApiError("no_reaction")
    reading.react(core, BOT_USER, room.id, ts, call.text("name"))
    return {}


def add_pin(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/pins.add."""
    room, ts = _message(core, call)
    if ts in room.pins:
        raise ApiError("already_pinned")
    room.pins.append(ts)
    touch(core, room, ts, {"pinned_to": [room.id]})
    return {}


def _message(core: Core, call: Call) -> tuple[Room, str]:
    room = core.rooms.for_app(call.required("channel"))
    ts = call.required("timestamp")
    if BOT_USER not in room.members:
        raise ApiError("not_in_channel")
    if ts not in room.messages:
        raise ApiError("message_not_found")
    return room, ts


def _reacted(room: Room, ts: str, name: str) -> bool:
    reactions = room.messages[ts].get("reactions", [])
    return any(r["name"] == name and BOT_USER in r["users"] for r in reactions)


METHODS = (
    Method("reactions.add", add_reaction, tier=3, scopes=("reactions:write",)),
    Method("reactions.remove", remove_reaction, tier=2, scopes=("reactions:write",)),
    Method("pins.add", add_pin, tier=2, scopes=("pins:write",)),
)
