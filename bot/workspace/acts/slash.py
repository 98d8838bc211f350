"""A slash command on its way to the app, and what the app says in its ack.

https://docs.slack.dev/interactivity/implementing-slash-commands
"""

from bot.workspace import answers
from bot.workspace.acts.surroundings import notice, response_url, room_name
from bot.workspace.app_identity import VERIFICATION
from bot.workspace.core import Core
from bot.workspace.errors import ApiError, NoAck, NoConnection, Refused
from bot.workspace.ids import APP, TEAM, TEAM_DOMAIN
from bot.workspace.links import escape, link_addresses, link_names
from bot.workspace.manifest import SlashCommand
from bot.workspace.room import Room
from bot.workspace.shapes import Json

# What Slack says, word for word, as users report it.
NO_ANSWER = "failed because the app did not respond. Please try again or contact the app developer."


async def send(core: Core, user: str, room: Room, name: str, text: str) -> None:
    """Send a command and show what the ack says, to this person or to the channel."""
    command = next((c for c in core.app.manifest.commands if c.command == name), None)
    if command is None:
        raise Refused(f"{name} is not a valid command.")
    path = core.response_urls.mint(user, room.id)
    payload = _payload(core, user, room, name) | {
        "text": _text(core, command, text),
        "response_url": response_url(core, path),
        "trigger_id": core.triggers.mint(user),
    }
    try:
        answer = await core.delivery.request("slash_commands", payload, responds=True)
    except NoConnection:
        notice(core, user, f'{name} failed with the error "dispatch_failed"', room.id)
        return
    except NoAck:
        notice(core, user, f"{name} {NO_ANSWER}", room.id)
        return
    if answer:
        _show(core, user, room, name, answer)


def _payload(core: Core, user: str, room: Room, name: str) -> Json:
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "team_domain": TEAM_DOMAIN,
        "channel_id": room.id,
        "channel_name": room_name(room),
        "user_id": user,
        "user_name": core.people[user].name,
        "command": name,
        "api_app_id": APP,
        "is_enterprise_install": "false",
    }


def _text(core: Core, command: SlashCommand, text: str) -> str:
    """The words after the command; mentions and links only where the manifest asks for them."""
    if not command.should_escape:
        return escape(text)
    people = {p.name.lower(): f"<@{p.id}|{p.name}>" for p in core.people.values()}
    groups = {g.handle: f"<!subteam^{g.id}|@{g.handle}>" for g in core.groups.values()}
    rooms = {room.name: f"<#{room.id}|{room.name}>" for room in core.rooms if not room.is_im}
    return link_addresses(link_names(escape(text), people | groups, rooms))


def _show(core: Core, user: str, room: Room, name: str, answer: Json) -> None:
    try:
        answers.give(core, user, room, answer)
    except ApiError as error:
        notice(core, user, f'{name} failed with the error "{error.error}"', room.id)
