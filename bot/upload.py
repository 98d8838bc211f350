"""A file on its way to Slack, in three calls, of which only the last one shows it to anybody.

https://docs.slack.dev/messaging/working-with-files#uploading_files
"""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientError, ClientTimeout
from slack_sdk.web.async_client import AsyncWebClient

from bot.outbox import UPLOAD, Entry
from bot.respond import said

POUR_SECONDS = 120.0  # for the bytes of one file


class NotPoured(Exception):
    """Slack gave an address for the bytes, and they did not get there."""


async def upload(
    client: AsyncWebClient, entry: Entry, body: dict[str, Any], keep: Callable[[str], Awaitable[None]]
) -> None:
    """Upload the file of a draft, and share it where the draft says.

    Args:
        client: with a session.
        entry: the draft.
        body: of the draft, with its thread.
        keep: remembers what Slack calls the file, before it is shared.

    Raises:
        NotPoured: the bytes could not be delivered; nobody has seen the file.
        SlackApiError: Slack refuses.
        ClientError, TimeoutError, OSError: Slack cannot be reached, or has not answered.
    """
    data = (entry.draft.content or "").encode()
    name = {"filename": body["filename"], "length": len(data)}
    promised = await client.api_call("files.getUploadURLExternal", params=name)
    await _pour(client, str(promised["upload_url"]), data)
    file = str(promised["file_id"])
    await keep(file)
    where = {name: value for name, value in body.items() if name == "thread_ts"}
    shared = {"files": [{"id": file, "title": body["title"]}], "channel_id": entry.draft.channel, **where}
    await client.api_call(UPLOAD, json=shared)


async def _pour(client: AsyncWebClient, url: str, data: bytes) -> None:
    """Give the bytes to the address; it is as good as a key, and is not told to anybody."""
    if client.session is None:
        raise NotPoured("there is no session")
    timeout = ClientTimeout(POUR_SECONDS)
    try:
        async with client.session.post(
            url, data=data, proxy=client.proxy, ssl=client.ssl or True, timeout=timeout
        ) as response:
            if not response.ok:
                raise NotPoured(f"the address for the file answers {response.status}")
    except (ClientError, TimeoutError, OSError) as error:
        raise NotPoured(f"the address for the file cannot be reached: {said(error)}") from None
