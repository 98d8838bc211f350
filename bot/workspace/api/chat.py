"""``chat.*``: messages posted, whispered, changed, deleted."""

from bot.workspace import answers, posting
from bot.workspace.acts.saying import channels, mentions
from bot.workspace.api.call import Call
from bot.workspace.api.method import Method
from bot.workspace.blockkit import kept_text
from bot.workspace.content import checked_content, checked_update
from bot.workspace.core import Core
from bot.workspace.errors import ApiError
from bot.workspace.ids import BOT_USER
from bot.workspace.limits import POSTS
from bot.workspace.links import link_addresses, link_names
from bot.workspace.room import Room
from bot.workspace.shapes import Json

CHAT = ("chat:write",)


def post_message(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.postMessage."""
    room = writable(core, call)
    wait = core.limits.take(("chat.postMessage", room.id), POSTS)
    if wait:
        raise ApiError("ratelimited", status=429, headers={"Retry-After": str(wait)})
    message = posting.post(core, room, composed(core, call, room))
    return {"channel": room.id, "ts": message["ts"], "message": message, **cut_warning(call)}


def post_ephemeral(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.postEphemeral."""
    room = writable(core, call)
    user = call.required("user")
    if user not in room.members:
        raise ApiError("user_not_in_channel")
    return {"message_ts": answers.whisper(core, user, room, composed(core, call, room))}


def update(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.update."""
    room = core.rooms.for_app(call.required("channel"))
    _own(room, call.required("ts"), "cant_update_message")
    fields = checked_update(given(call), core.shelf)
    if "text" in fields:
        # Unlike posting, an edit looks for names unless it is told not to.
        fields["text"] = parsed(core, fields["text"], call.text("parse") or "client")
    if "metadata" in call.args:
        fields["metadata"] = _metadata(call) or None
    edited = {"user": BOT_USER, "ts": core.ids.ts()}
    message = posting.change(core, room, call.text("ts"), {**fields, "edited": edited})
    return {"channel": room.id, "ts": message["ts"], "text": message["text"], "message": message}


def delete(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.delete."""
    room = core.rooms.for_app(call.required("channel"))
    _own(room, call.required("ts"), "cant_delete_message")
    posting.delete(core, room, call.text("ts"))
    return {"channel": room.id, "ts": call.text("ts")}


def permalink(core: Core, call: Call) -> Json:
    """https://docs.slack.dev/reference/methods/chat.getPermalink."""
    room = core.rooms.for_app(call.required("channel"))
    message = room.messages.get(call.required("message_ts"))
    if message is None:
        raise ApiError("message_not_found")
    link = f"{core.url}/archives/{room.id}/p{message['ts'].replace('.', '')}"
    if "thread_ts" in message:
        link += f"?thread_ts={message['thread_ts']}&cid={room.id}"
    return {"channel": room.id, "permalink": link}


def writable(core: Core, call: Call) -> Room:
    """The room a call writes to.

    Raises:
        ApiError: ``channel_not_found``, or ``not_in_channel`` where the app may not write.
    """
    room = core.rooms.for_app(call.required("channel"))
    if BOT_USER not in room.members and "chat:write.public" not in core.app.manifest.bot_scopes:
        raise ApiError("not_in_channel")
    return room


def composed(core: Core, call: Call, room: Room) -> Json:
    """The message a call asks for.

    Raises:
        ApiError: whatever is wrong with its content, its thread or its metadata.
    """
    message = core.app.message() | checked_content(given(call), core.shelf)
    style = "full" if call.flag("link_names") else call.text("parse")
    message["text"] = parsed(core, message["text"], style)
    if "chat:write.customize" in core.app.manifest.bot_scopes and call.text("username"):
        message["username"] = call.text("username")
    if call.text("mrkdwn").lower() in {"false", "0"}:
        message["mrkdwn"] = False
    if metadata := _metadata(call):
        message["metadata"] = metadata
    return message | place(call, room)


def given(call: Call) -> Json:
    """The content of a message, decoded."""
    return {
        "text": call.args.get("text"),
        "blocks": call.json("blocks", "invalid_blocks_format"),
        "attachments": call.json("attachments", "invalid_attachments"),
    }


def parsed(core: Core, text: str, style: str) -> str:
    """Find links in text, and names too where the style is ``full`` or ``client``; nothing for ``none``."""
    if style == "none":
        return text
    if style in {"full", "client"}:
        text = link_names(text, mentions(core), channels(core))
    return link_addresses(text)


def cut_warning(call: Call) -> Json:
    """Slack's warning about text that it cut."""
    if call.text("text") == kept_text(call.text("text")):
        return {}
    return {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}


def _own(room: Room, ts: str, refusal: str) -> None:
    message = room.messages.get(ts)
    if message is None:
        raise ApiError("message_not_found")
    if message["user"] != BOT_USER:
        raise ApiError(refusal)


def place(call: Call, room: Room) -> Json:
    """Where a message hangs; a reply's ``ts`` stands for its thread."""
    ts = call.text("thread_ts")
    if not ts:
        return {}
    if ts not in room.messages:
        raise ApiError("thread_not_found")
    place: Json = {"thread_ts": room.messages[ts].get("thread_ts", ts)}
    if call.flag("reply_broadcast"):
        place["subtype"] = "thread_broadcast"
    return place


def _metadata(call: Call) -> Json | None:
    metadata = call.json("metadata", "invalid_metadata_format")
    if not metadata:
        return None
    if not isinstance(metadata, dict) or not {"event_type", "event_payload"} <= set(metadata):
        raise ApiError("invalid_metadata_format")
    return metadata


METHODS = (
    Method("chat.postMessage", post_message, tier=None, scopes=CHAT),
    Method("chat.postEphemeral", post_ephemeral, tier=4, scopes=CHAT),
    Method("chat.update", update, tier=3, scopes=CHAT),
    Method("chat.delete", delete, tier=3, scopes=CHAT),
    Method("chat.getPermalink", permalink, tier=None),
)
