"""What an app answers without the Web API: in the ack of a command, or to a response URL."""

from bot.workspace import posting
from bot.workspace.content import checked_content
from bot.workspace.core import Core
from bot.workspace.response_urls import ResponseUrl
from bot.workspace.room import Room
from bot.workspace.shapes import Json


def give(core: Core, user: str, room: Room, answer: Json, thread_ts: str | None = None) -> None:
    """Show an answer to one person, or to all when it says ``"response_type": "in_channel"``.

    Raises:
        ApiError: the answer is not one Slack would show, ``no_text`` or ``invalid_blocks``.
    """
    message = {**core.app.message(), **checked_content(answer, core.shelf)}
    if thread_ts is not None:
        message["thread_ts"] = thread_ts
    if answer.get("response_type") == "in_channel":
        posting.post(core, room, message)
    else:
        whisper(core, user, room, message)


def whisper(core: Core, user: str, room: Room, message: Json) -> str:
    """Show a private message to one person; returns its ``ts``."""
    private = {**message, "ts": core.ids.ts(), "is_ephemeral": True}
    core.ephemerals.put(user, room.id, private)
    _tell(core, user, "ephemeral", room.id, private)
    return str(private["ts"])


def respond(core: Core, url: ResponseUrl, room: Room, answer: Json) -> None:
    """Do what was posted to a response URL: replace, delete, or say something new.

    Raises:
        ApiError: ``no_text`` or ``invalid_blocks``.
    """
    original = url.message_ts
    if original and answer.get("delete_original"):
        _delete(core, url.user, room, original)
    elif original and answer.get("replace_original"):
        _replace(core, url.user, room, original, checked_content(answer, core.shelf))
    else:
        give(core, url.user, room, answer, answer.get("thread_ts") or url.thread_ts)


def _delete(core: Core, user: str, room: Room, ts: str) -> None:
    if core.ephemerals.get(user, ts):
        core.ephemerals.remove(user, ts)
        core.feed.send(user, {"type": "ephemeral_deleted", "channel": room.id, "ts": ts})
    elif ts in room.messages:
        posting.delete(core, room, ts)


def _replace(core: Core, user: str, room: Room, ts: str, content: Json) -> None:
    private = core.ephemerals.get(user, ts)
    if private:
        message = {**private.message, "blocks": [], **content}
        core.ephemerals.put(user, room.id, message)
        _tell(core, user, "ephemeral_changed", room.id, message)
    elif ts in room.messages:
        posting.change(core, room, ts, {"blocks": None, **content})


def _tell(core: Core, user: str, kind: str, channel: str, message: Json) -> None:
    event = {"type": kind, "channel": channel, "message": message}
    if "thread_ts" in message:
        event["thread_ts"] = message["thread_ts"]
    core.feed.send(user, event)
