"""Events that the app's manifest subscribes to, wrapped as Slack wraps them.

https://docs.slack.dev/apis/events-api/#callback-field
"""

from bot.workspace.app_identity import VERIFICATION
from bot.workspace.core import Core
from bot.workspace.ids import APP, BOT_USER, TEAM
from bot.workspace.room import Room
from bot.workspace.shapes import Json

# What a message says to the app; reply counts and the like are for people's pages.
_TOLD = (
    "type", "subtype", "user", "bot_id", "app_id", "bot_profile", "team", "text", "ts", "client_msg_id",
    "thread_ts", "blocks", "files", "metadata", "edited", "root",
)  # fmt: skip


def told(message: Json) -> Json:
    """A message as the app hears of it."""
    return {key: message[key] for key in _TOLD if key in message}


def send(core: Core, event: Json) -> None:
    """Send one event to the app, if it asked for this type."""
    if _subscription(event) not in core.app.manifest.bot_events:
        return
    now = core.clock.now()
    core.delivery.event(
        {
            "token": VERIFICATION,
            "team_id": TEAM,
            "context_team_id": TEAM,
            "context_enterprise_id": None,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": core.ids.mint("Ev"),
            "event_time": int(now),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": TEAM,
                    "user_id": BOT_USER,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-{event.get('event_ts', now)}",
        }
    )


def message_posted(core: Core, room: Room, message: Json) -> None:
    """Tell the app of a new message where it is a member: as a message, and as a mention of it."""
    if BOT_USER not in room.members:
        return
    spoken = {**told(message), "channel": room.id, "event_ts": message["ts"]}
    send(core, {**spoken, "channel_type": _channel_type(room)})
    if f"<@{BOT_USER}>" in message["text"] and not room.is_im and message["user"] != BOT_USER:
        send(core, {**spoken, "type": "app_mention"})


def message_changed(core: Core, room: Room, message: Json, before: Json) -> None:
    """Tell the app of an edit; an edit that mentions it is a mention once more."""
    if BOT_USER not in room.members:
        return
    event_ts = core.ids.ts()
    send(
        core,
        {
            "type": "message",
            "subtype": "message_changed",
            "message": told(message),
            "previous_message": told(before),
            "channel": room.id,
            "channel_type": _channel_type(room),
            "hidden": True,
            "ts": event_ts,
            "event_ts": event_ts,
        },
    )
    if f"<@{BOT_USER}>" in message["text"] and not room.is_im and message["user"] != BOT_USER:
        send(core, {**told(message), "type": "app_mention", "channel": room.id, "event_ts": event_ts})


def message_deleted(core: Core, room: Room, message: Json) -> None:
    """Tell the app that a message is gone."""
    if BOT_USER not in room.members:
        return
    event_ts = core.ids.ts()
    send(
        core,
        {
            "type": "message",
            "subtype": "message_deleted",
            "previous_message": told(message),
            "deleted_ts": message["ts"],
            "channel": room.id,
            "channel_type": _channel_type(room),
            "hidden": True,
            "ts": event_ts,
            "event_ts": event_ts,
        },
    )


def _subscription(event: Json) -> str:
    """The manifest's name for an event: a message is subscribed to by the kind of its room."""
    if event["type"] != "message":
        return str(event["type"])
    return "message.im" if event["channel_type"] == "im" else "message.channels"


def _channel_type(room: Room) -> str:
    return "im" if room.is_im else "channel"
