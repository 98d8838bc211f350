"""Tokens, scopes, rates and argument forms, for any method."""

import json

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.clock import HandClock
from bot.workspace.server import Served, serve
from bot.workspace.workspace import Workspace
from tests.bot.workspace.conftest import client_of, manifest
from tests.bot.workspace.raw_app import RawApp

BEARER = {"Authorization": "Bearer xoxb-local-workspace"}
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("method", "token", "error"),
    [
        ("auth.test", "", "not_authed"),
        ("auth.test", "xoxb-somebody-else", "invalid_auth"),
        ("auth.test", "xapp-local-workspace", "not_allowed_token_type"),
        ("apps.connections.open", "xoxb-local-workspace", "not_allowed_token_type"),
        ("chat.sendMessage", "xoxb-local-workspace", "unknown_method"),
    ],
)
async def test_a_call_is_refused_by_its_token_or_its_name(
    raw: RawApp, method: str, token: str, error: str
) -> None:
    answered = await raw.call(method, token=token)
    assert (answered.status, answered.body["ok"], answered.body["error"]) == (200, False, error)


async def test_a_method_outside_the_manifests_scopes_is_refused_with_what_it_needs() -> None:
    served = await serve(Workspace(manifest(scopes=["chat:write", "commands"]), HandClock()))
    with pytest.raises(SlackApiError) as refused:
        await client_of(served).users_list()
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == "users:read"
    assert refused.value.response["provided"] == "chat:write,commands"
    await served.close()


async def test_the_scopes_stand_in_the_headers(raw: RawApp) -> None:
    answered = await raw.call("users.info", user="U0OMAR")
    assert answered.headers["X-Accepted-OAuth-Scopes"] == "users:read"
    assert "chat:write" in answered.headers["X-OAuth-Scopes"].split(",")


@pytest.mark.parametrize(
    "options",
    [
        {"json": {"user": "U0OMAR"}, "headers": BEARER},
        {"data": {"user": "U0OMAR"}, "headers": BEARER},
        {"data": {"user": "U0OMAR", "token": "xoxb-local-workspace"}},
        {"params": {"user": "U0OMAR", "token": "xoxb-local-workspace"}},
    ],
    ids=["json", "form", "token in form", "query"],
)
async def test_arguments_come_in_any_of_slacks_forms(raw: RawApp, options: dict[str, object]) -> None:
    answered = await raw.send("POST", f"{raw.served.api_url}users.info", **options)
    assert answered.body["user"]["real_name"] == "Omar Haddad"


async def test_an_empty_json_body_is_no_arguments(raw: RawApp) -> None:
    headers = {**BEARER, "Content-Type": "application/json;charset=utf-8"}
    answered = await raw.send("POST", f"{raw.served.api_url}auth.test", data=b"", headers=headers)
    assert answered.body["user_id"] == "U0WARDEN"
    assert "warning" not in answered.body


async def test_json_without_a_charset_is_warned_of(raw: RawApp) -> None:
    headers = {**BEARER, "Content-Type": "application/json"}
    answered = await raw.send("POST", f"{raw.served.api_url}auth.test", data=b"{}", headers=headers)
    assert answered.body["warning"] == "missing_charset"
    assert answered.body["response_metadata"]["warnings"] == ["missing_charset"]


@pytest.mark.parametrize(("body", "error"), [(b"{", "invalid_json"), (b"[]", "json_not_object")])
async def test_json_that_is_none_is_refused(raw: RawApp, body: bytes, error: str) -> None:
    headers = {**BEARER, "Content-Type": "application/json;charset=utf-8"}
    answered = await raw.send("POST", f"{raw.served.api_url}auth.test", data=body, headers=headers)
    assert answered.body["error"] == error


async def test_blocks_may_be_json_within_a_form(raw: RawApp) -> None:
    blocks = json.dumps([{"type": "divider"}])
    form = {"channel": "C0OPS", "text": "x", "blocks": blocks}
    answered = await raw.send("POST", f"{raw.served.api_url}chat.postMessage", data=form, headers=BEARER)
    assert answered.body["message"]["blocks"][0]["type"] == "divider"


async def test_a_tier_3_method_takes_fifty_calls_a_minute(client: AsyncWebClient, clock: HandClock) -> None:
    posted = await client.chat_postMessage(channel="C0OPS", text="0")
    for number in range(50):
        await client.chat_update(channel="C0OPS", ts=str(posted["ts"]), text=str(number))
    with pytest.raises(SlackApiError) as refused:
        await client.chat_update(channel="C0OPS", ts=str(posted["ts"]), text="one over")
    assert refused.value.response.status_code == 429
    assert refused.value.response["error"] == "ratelimited"
    await clock.advance(float(refused.value.response.headers["Retry-After"]))
    assert (await client.chat_update(channel="C0OPS", ts=str(posted["ts"]), text="later"))["ok"]


async def test_every_call_is_in_the_log_with_its_time(served: Served, client: AsyncWebClient) -> None:
    await client.auth_test()
    entry = served.workspace.snapshot("U0OMAR")["log"][-1]
    assert (entry["kind"], entry["name"], entry["ok"]) == ("api", "auth.test", True)
    assert entry["ms"] >= 0
