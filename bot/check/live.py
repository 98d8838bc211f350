"""What Slack says when asked: tokens, scopes, the socket, channels, our own blocks."""

import json
from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.link import refused, who_are_we
from bot.manifest import SCOPES
from bot.render.message import Asker, render
from bot.respond import said
from bot.settings import SlackSettings
from commands.ops.checks.finding import Check
from commands.ops.errors import NotReadable
from commands.reply import Facts, Proposal, Reply, Table

AREA = "slack, live"
MAKE_ONE = "make one with the scope connections:write under “Basic Information”, “App-Level Tokens”"
SAMPLE = Reply(
    "fine",
    "A sample that is not posted.",
    parts=(Facts((("Sites", 568),)), Table(("Status", "Sites"), (("i", 25),), evidence=False)),
    proposals=(Proposal("Look again", "batch status"),),
)


async def check_live(settings: SlackSettings, groups: set[str]) -> list[Check]:
    """Ask Slack everything that the bot will need; nothing is posted."""
    client = AsyncWebClient(settings.bot_token, base_url=settings.api_url, retry_handlers=[])
    try:
        identity = await who_are_we(client)
    except NotReadable as error:
        return [Check(AREA, "bot token", error.sentence, "trouble", "the sentence says it")]
    return [
        Check(AREA, "bot token", f"@{identity.name} in {identity.team}"),
        await _scopes(client),
        await _socket(client, settings),
        *[
            await _channel(client, channel)
            for channel in (settings.channel, settings.escalation_channel)
            if channel
        ],
        *[await _group(client, group) for group in sorted(groups)],
        await _blocks(client),
    ]


async def _scopes(client: AsyncWebClient) -> Check:
    answer = await client.auth_test()
    given = {scope.strip() for scope in str(answer.headers.get("x-oauth-scopes", "")).split(",")}
    missing = sorted(set(SCOPES) - given)
    if not missing:
        return Check(AREA, "scopes", f"all {len(SCOPES)}")
    uses = "; ".join(f"{scope} to {SCOPES[scope]}" for scope in missing)
    return Check(AREA, "scopes", f"missing: {uses}", "trouble", "add them to the app and install it again")


async def _socket(client: AsyncWebClient, settings: SlackSettings) -> Check:
    call = client.apps_connections_open(app_token=settings.app_token)
    trouble = await _trouble(call, "app-level token (SLACK_APP_TOKEN)")
    return Check(
        AREA,
        "Socket Mode",
        trouble or "may connect",
        "trouble" if trouble else "ok",
        "" if not trouble else MAKE_ONE,
    )


async def _channel(client: AsyncWebClient, channel: str) -> Check:
    """A draft that is never sent shows whether we may post, without a scope to read channels."""
    call = client.chat_scheduledMessages_list(channel=channel)
    trouble = await _trouble(call, f"channel {channel}")
    remedy = "name it by its id (C…), and type /invite @wavewarden in it" if trouble else ""
    return Check(AREA, f"channel {channel}", trouble or "known", "trouble" if trouble else "ok", remedy)


async def _group(client: AsyncWebClient, group: str) -> Check:
    try:
        answer = await client.usergroups_users_list(usergroup=group)
    except (SlackApiError, ClientError, TimeoutError, OSError) as error:
        return Check(AREA, f"group {group}", said(error), "trouble", "name a user group by its id (S…)")
    members = len(answer.get("users") or [])
    return Check(
        AREA,
        f"group {group}",
        f"{members} members",
        "ok" if members else "note",
        "" if members else "nobody is in it",
    )


async def _blocks(client: AsyncWebClient) -> Check:
    message = render(SAMPLE, Asker("check", "batch status", datetime.now(UTC))).summary
    call = client.api_call("blocks.validate", json={"blocks": json.dumps(list(message.blocks))})
    trouble = await _trouble(call, "blocks of ours")
    return Check(
        AREA,
        "blocks",
        trouble or "valid",
        "trouble" if trouble else "ok",
        "report it as a bug" if trouble else "",
    )


async def _trouble(call: Awaitable[Any], what: str) -> str:
    try:
        await call
    except SlackApiError as error:
        return refused(what, error)
    except (ClientError, TimeoutError, OSError) as error:
        return f"Slack cannot be reached: {said(error)}."
    return ""
