"""Forms: a skeleton is opened at once, and filled or told off when the answer is there."""

import asyncio
import logging
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.respond import said
from bot.views.form import skeleton

log = logging.getLogger("wavewarden.forms")

TITLE = "Wavewarden"


class Forms:
    """The forms that are being opened, by the key of the request that asked for one."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._opening: dict[str, asyncio.Task[str | None]] = {}

    def open(self, key: str, trigger_id: str) -> None:
        """Open a skeleton; returns at once."""
        self._opening[key] = asyncio.get_running_loop().create_task(self._open(trigger_id))

    def keep(self, key: str, view_id: str) -> None:
        """A form that is open already is to be filled for this request."""
        self._opening[key] = asyncio.get_running_loop().create_task(_known(view_id))

    async def fill(self, key: str, view: dict[str, Any], trigger_id: str | None) -> bool:
        """Show this view in the form that was opened for the request, or open one. False if neither worked."""
        opening = self._opening.pop(key, None)
        view_id = await opening if opening else None
        if view_id is None and (opening or not trigger_id):
            return False
        try:
            if view_id:
                await self._client.views_update(view_id=view_id, view=view)
            else:
                await self._client.views_open(trigger_id=str(trigger_id), view=view)
        except (SlackApiError, ClientError, TimeoutError, OSError) as error:
            log.warning("A form could not be shown: %s", said(error))
            return False
        return True

    def wanted(self, key: str) -> bool:
        """Whether a form was opened for this request."""
        return key in self._opening

    async def _open(self, trigger_id: str) -> str | None:
        try:
            opened = await self._client.views_open(trigger_id=trigger_id, view=skeleton(TITLE))
        except (SlackApiError, ClientError, TimeoutError, OSError) as error:
            log.warning("A form could not be opened: %s", said(error))
            return None
        return str(opened["view"]["id"])


async def _known(view_id: str) -> str | None:
    return view_id
