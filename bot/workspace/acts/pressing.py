"""Somebody uses an element of a message or a view: a button, a select, a date.

https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
"""

from dataclasses import dataclass

from bot.workspace.acts.surroundings import interaction, notice, response_url, room_name, room_of
from bot.workspace.core import Core
from bot.workspace.errors import NotDelivered, Refused
from bot.workspace.events import told
from bot.workspace.room import Room
from bot.workspace.shapes import Json
from bot.workspace.state import STATEFUL, checked_values, elements, values

# What the client shows beside the button when the app did not answer.
NO_ANSWER = "Oh no, something went wrong. Please try that again."
# What an action tells about its element, besides what was chosen.
_TOLD = ("type", "action_id", "text", "value", "style", "placeholder")


@dataclass(frozen=True, slots=True)
class Target:
    """Which element: ``container`` is ``{"channel", "message_ts"}`` or ``{"view_id"}``."""

    container: Json
    block_id: str
    action_id: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where an element is: ``said`` are the payload's fields about the place."""

    key: str
    blocks: list[Json]
    chosen: Json
    said: Json
    channel: str | None = None
    view_id: str | None = None


async def act(core: Core, user: str, target: Target, choice: Json, typed: Json | None = None) -> None:
    """Use an element; returns when the app acknowledged, or when the person was told that it did not.

    Args:
        core: the workspace.
        user: who.
        target: the element.
        choice: what was picked, by the name it has in Slack's ``actions[]``; ``{}`` for a button.
        typed: the ``state.values`` of a view so far, where the page has them.
    """
    source = find(core, user, target.container)
    block, element = element_of(source, target)
    for given_block, given in checked_values(typed or {}).items():
        source.chosen.setdefault(given_block, {}).update(given)
    if element["type"] in STATEFUL:
        kept = {key: value for key, value in choice.items() if key != "type"}
        source.chosen.setdefault(target.block_id, {})[target.action_id] = {"type": element["type"], **kept}
    if block["type"] == "input" and not block.get("dispatch_action"):
        return
    await _send(core, user, source, _action(core, block, element, choice))


def find(core: Core, user: str, container: Json) -> Source:
    """The message or view an element is in.

    Raises:
        Refused: it is not there any more, or not for this person.
    """
    if "view_id" in container:
        return _view(core, user, str(container["view_id"]))
    room = room_of(core, user, str(container.get("channel")))
    ts = str(container.get("message_ts"))
    private = core.ephemerals.get(user, ts)
    message = private.message if private else room.messages.get(ts)
    if message is None:
        raise Refused("This message is gone.")
    return _message(core, user, room, message)


def element_of(source: Source, target: Target) -> tuple[Json, Json]:
    """A block and the element in it.

    Raises:
        Refused: the message was changed meanwhile and has no such element.
    """
    for block, element in elements(source.blocks):
        if block.get("block_id") == target.block_id and element["action_id"] == target.action_id:
            return block, element
    raise Refused("This was changed meanwhile: what you pressed is not there any more.")


def _view(core: Core, user: str, view_id: str) -> Source:
    view = core.forms.of(user, view_id)
    if view is None:
        raise Refused("This form is closed.")
    chosen = view["state"]["values"]
    shown = {**view, "state": {"values": values(view["blocks"], chosen)}}
    said = {"container": {"type": "view", "view_id": view_id}, "view": shown}
    return Source(view_id, view["blocks"], chosen, said, view_id=view_id)


def _message(core: Core, user: str, room: Room, message: Json) -> Source:
    private = bool(message.get("is_ephemeral"))
    container = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": room.id,
        "is_ephemeral": private,
    }
    if "thread_ts" in message:
        container["thread_ts"] = message["thread_ts"]
    said: Json = {"container": container, "channel": {"id": room.id, "name": room_name(room)}}
    if not private:  # Slack does not say what was in a message that it does not keep
        said["message"] = told(message)
    path = core.response_urls.mint(user, room.id, message["ts"], message.get("thread_ts"))
    said["response_url"] = response_url(core, path)
    chosen = core.choices.of(user, message["ts"])
    return Source(message["ts"], message.get("blocks", []), chosen, said, channel=room.id)


def _action(core: Core, block: Json, element: Json, choice: Json) -> Json:
    told_of = {key: element[key] for key in _TOLD if key in element}
    action = {**told_of, **choice, "block_id": block["block_id"], "action_ts": core.ids.ts()}
    if "confirm" in element:
        action["confirm"] = element["confirm"]
    return action


async def _send(core: Core, user: str, source: Source, action: Json) -> None:
    payload = interaction(core, "block_actions", user) | source.said
    state = {"values": values(source.blocks, source.chosen)}
    if source.view_id:
        payload["view"] = {**payload["view"], "state": state}
    else:
        payload["state"] = state
    payload |= {"trigger_id": core.triggers.mint(user, source.view_id), "actions": [action]}
    key = f"{source.key}/{action['action_id']}"
    core.feed.send(user, {"type": "pending", "key": key, "on": True})
    try:
        await core.delivery.request("interactive", payload, responds=False)
    except NotDelivered:
        notice(core, user, NO_ANSWER, source.channel)
    finally:
        core.feed.send(user, {"type": "pending", "key": key, "on": False})
