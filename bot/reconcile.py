"""Was a post taken whose connection broke? Each post carries its outbox number, and the channel is asked for it."""

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.outbox import Entry
from bot.respond import slack_error

EVENT_TYPE = "wavewarden_post"
LOOK_BACK = 5.0  # seconds that Slack's clock may lag behind ours
PAGE = 100


def marked(entry: Entry) -> dict[str, Any]:
    """The body of the call: in its parent's thread, with the mark that finds it again."""
    body = dict(entry.draft.body)
    if entry.thread_ts:
        body.setdefault("thread_ts", entry.thread_ts)
    if entry.draft.method == "chat.postMessage":
        body["metadata"] = {"event_type": EVENT_TYPE, "event_payload": {"mark": _mark(entry)}}
    return body


async def already_posted(client: AsyncWebClient, entry: Entry, file: str | None = None) -> str | None:
    """The ts of the message that carries our mark, or this file; none where it is not there or we may not look."""
    oldest = f"{entry.at.timestamp() - LOOK_BACK:.6f}"
    thread_ts = entry.thread_ts
    where: dict[str, Any] = {
        "channel": entry.draft.channel,
        "oldest": oldest,
        "limit": PAGE,
        "include_all_metadata": True,
    }
    try:
        if thread_ts:
            found = await client.conversations_replies(ts=thread_ts, **where)
        else:
            found = await client.conversations_history(**where)
    except SlackApiError as error:
        if slack_error(error) == "missing_scope":
            return None  # the history scopes are optional: then a double is possible
        raise
    messages = found.get("messages") or []
    if file:
        return next((str(message["ts"]) for message in messages if file in _files_of(message)), None)
    marks = {_mark_of(message): str(message["ts"]) for message in messages}
    return marks.get(_mark(entry))


def _mark(entry: Entry) -> str:
    return f"{entry.at.isoformat()}/{entry.id}"


def _mark_of(message: dict[str, Any]) -> str | None:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    mark = payload.get("mark")
    return str(mark) if mark else None


def _files_of(message: dict[str, Any]) -> list[str]:
    return [str(file.get("id")) for file in message.get("files") or []]
