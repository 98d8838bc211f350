"""A private word to the caller: by `response_url` where there is one, else as an ephemeral message."""

import logging
from typing import Any

from aiohttp import ClientError, ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.render.message import Message
from bot.request import Origin

log = logging.getLogger("wavewarden.respond")


NO_NAME = "no answer in Slack's form"  # a 503 of a proxy, say


def slack_error(error: SlackApiError) -> str:
    """Slack's own name for an error."""
    return str(error.response.get("error") or NO_NAME)


def said(error: BaseException) -> str:
    """What an error says: Slack's own name for it, its words, or at least what it is called."""
    if isinstance(error, SlackApiError):
        return slack_error(error)
    return str(error) or type(error).__name__


class Responder:
    """Says a thing once, to somebody who waits for it now; it is not kept for later."""

    def __init__(self, client: AsyncWebClient, session: ClientSession) -> None:
        self._client = client
        self._session = session

    async def private(self, origin: Origin, message: Message) -> None:
        """To the caller alone, where they stand."""
        body = {"text": message.text, "blocks": list(message.blocks)}
        if origin.response_url:
            await self.respond(
                origin.response_url, {**body, "response_type": "ephemeral", "replace_original": False}
            )
            return
        where = {"channel": origin.channel, "user": origin.user}
        if origin.thread_ts:
            where["thread_ts"] = origin.thread_ts
        try:
            await self._client.api_call("chat.postEphemeral", json={**where, **body})
        except (SlackApiError, ClientError, TimeoutError, OSError) as error:
            log.warning("A private word to %s was not delivered: %s", origin.user, said(error))

    async def respond(self, response_url: str, body: dict[str, Any]) -> None:
        """Use a `response_url` once."""
        try:
            async with self._session.post(response_url, json=body) as response:
                if not response.ok:
                    log.warning(
                        "A response_url refused our answer: %s %s", response.status, await response.text()
                    )
        except (ClientError, TimeoutError, OSError) as error:
            log.warning("A response_url could not be reached: %s", said(error))
