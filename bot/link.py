"""The link to Slack: who we are there, and the socket."""

import logging
from dataclasses import dataclass

from aiohttp import ClientError
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.respond import said, slack_error
from commands.ops.errors import NotReadable

log = logging.getLogger("wavewarden.link")

REMEDIES = {
    "invalid_auth": "copy the token again from the app's page, “OAuth & Permissions” or “Basic Information”",
    "not_authed": "set SLACK_BOT_TOKEN and SLACK_APP_TOKEN",
    "account_inactive": "the app was removed from the workspace: install it again",
    "token_revoked": "the token was revoked: install the app again",
    "token_expired": "the token has expired: install the app again",
    "not_allowed_token_type": "the bot token begins with xoxb-, the app-level token with xapp-",
    "missing_scope": "add the scope that Slack names to the app and install it again",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are to Slack. `address` is the workspace's, `https://example.slack.com/`."""

    team: str
    address: str
    user: str
    name: str
    authorization: AuthorizeResult


async def who_are_we(client: AsyncWebClient) -> Identity:
    """Ask Slack; Bolt itself would notice a wrong token only at the first request.

    Raises:
        NotReadable: Slack refuses the bot token, or is not there.
    """
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        raise NotReadable(refused("bot token (SLACK_BOT_TOKEN)", error)) from None
    except (ClientError, TimeoutError, OSError) as error:
        raise NotReadable(f"Slack cannot be reached at {client.base_url}: {said(error)}.") from None
    return Identity(
        team=str(answer.get("team")),
        address=str(answer.get("url")),
        user=str(answer["user_id"]),
        name=str(answer.get("user")),
        authorization=AuthorizeResult(
            enterprise_id=answer.get("enterprise_id"),
            team_id=answer["team_id"],
            bot_user_id=answer["user_id"],
            bot_id=answer.get("bot_id"),
            bot_token=client.token,
        ),
    )


async def connect(app: AsyncApp, client: AsyncWebClient, app_token: str) -> AsyncSocketModeHandler:
    """Open the socket.

    Raises:
        NotReadable: Slack refuses the app-level token.
    """
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        raise NotReadable(refused("app-level token (SLACK_APP_TOKEN)", error)) from None
    handler = AsyncSocketModeHandler(app, app_token, logger=log, web_client=client)
    await handler.client.connect()  # type: ignore[no-untyped-call]
    return handler


def refused(what: str, error: SlackApiError) -> str:
    """One sentence: what Slack refuses, by its own name, and the remedy where we know it."""
    name = slack_error(error)
    remedy = REMEDIES.get(name)
    return f"Slack refuses the {what}: {name}{f'; {remedy}' if remedy else ''}."
