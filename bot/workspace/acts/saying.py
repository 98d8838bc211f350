"""Somebody types something: a message, a reply, or a line that begins with a slash."""

from bot.workspace import posting
from bot.workspace.acts import membership, slash
from bot.workspace.acts.surroundings import own_room
from bot.workspace.core import Core
from bot.workspace.errors import Refused
from bot.workspace.ids import TEAM
from bot.workspace.links import escape, link_addresses, link_names
from bot.workspace.room import Room

LONGEST = 12_000  # what Slack's own clients take


async def say(core: Core, user: str, channel: str, text: str, thread_ts: str | None = None) -> None:
    """Send what was typed."""
    room = own_room(core, user, channel)
    if thread_ts is not None and thread_ts not in room.messages:
        raise Refused("This thread is gone.")
    if text.startswith("/") and len(text) > 1:
        await _command(core, user, room, text, thread_ts)
        return
    if not text.strip():
        raise Refused("There is nothing to send.")
    if len(text) > LONGEST:
        raise Refused(f"This message is too long: {len(text):,} characters of at most {LONGEST:,}.")
    message = {"user": user, "team": TEAM, "text": typed(core, text), "client_msg_id": core.ids.mint("M")}
    posting.post(core, room, message | _place(room, thread_ts))


def edit(core: Core, user: str, channel: str, ts: str, text: str) -> None:
    """Change a message of one's own."""
    room = own_room(core, user, channel)
    if room.messages.get(ts, {}).get("user") != user:
        raise Refused("You can edit only your own messages.")
    edited = {"user": user, "ts": core.ids.ts()}
    posting.change(core, room, ts, {"text": typed(core, text), "edited": edited})


def typed(core: Core, text: str) -> str:
    """What Slack stores of typed text: entities, mentions, links."""
    return link_addresses(link_names(escape(text), mentions(core), channels(core)))


def mentions(core: Core) -> dict[str, str]:
    """What stands for each handle."""
    people = {person.name.lower(): f"<@{person.id}>" for person in core.people.values()}
    groups = {group.handle: f"<!subteam^{group.id}>" for group in core.groups.values()}
    everybody = {word: f"<!{word}>" for word in ("here", "channel", "everyone")}
    return people | groups | everybody


def channels(core: Core) -> dict[str, str]:
    """What stands for each channel's name."""
    return {room.name: f"<#{room.id}|{room.name}>" for room in core.rooms if not room.is_im}


def _place(room: Room, thread_ts: str | None) -> dict[str, str]:
    """Where a message hangs; a reply's ``ts`` stands for its thread."""
    if thread_ts is None:
        return {}
    return {"thread_ts": room.messages[thread_ts].get("thread_ts", thread_ts)}


async def _command(core: Core, user: str, room: Room, text: str, thread_ts: str | None) -> None:
    name, _, rest = text.partition(" ")
    if thread_ts is not None:
        raise Refused(f"{name} is not supported in threads. Sorry!")
    if name == "/invite":
        membership.invite_typed(core, user, room, rest)
        return
    await slash.send(core, user, room, name, rest.strip())
