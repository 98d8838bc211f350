"""Each fault switch, as an app meets it."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.app_identity import DEFAULT_BOT_TOKEN
from bot.workspace.clock import HandClock
from bot.workspace.driver import Driver
from bot.workspace.server import Served
from tests.bot.workspace.conftest import Connector
from tests.bot.workspace.raw_app import RawApp


async def test_rate_limiting_holds_for_its_seconds(
    client: AsyncWebClient, workspace: Driver, clock: HandClock
) -> None:
    await workspace.set_fault("rate_limit", 30)
    await clock.advance(10)
    with pytest.raises(SlackApiError) as refused:
        await client.auth_test()
    assert refused.value.response.headers["Retry-After"] == "20"
    await clock.advance(20)
    assert (await client.auth_test())["ok"]


@pytest.mark.parametrize("fault", ["reset", "drop"])
async def test_a_post_is_taken_though_its_connection_breaks(
    client: AsyncWebClient, workspace: Driver, fault: str
) -> None:
    await workspace.set_fault(fault, 1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel="C0OPS", text="was it sent?")
    assert [m.text for m in workspace.messages()] == ["was it sent?"]
    assert (await client.chat_postMessage(channel="C0OPS", text="the next one"))["ok"]


async def test_the_sdks_own_retry_sends_such_a_post_twice(workspace: Driver, served: Served) -> None:
    await workspace.set_fault("reset")
    client = AsyncWebClient(DEFAULT_BOT_TOKEN, base_url=served.api_url)
    await client.chat_postMessage(channel="C0OPS", text="twice")
    assert [m.text for m in workspace.messages()] == ["twice", "twice"]


async def test_only_posts_use_up_a_broken_connection(client: AsyncWebClient, workspace: Driver) -> None:
    await workspace.set_fault("reset")
    assert (await client.auth_test())["ok"]
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel="C0OPS", text="x")


async def test_a_hanging_call_is_carried_out_and_never_answered(
    client: AsyncWebClient, workspace: Driver
) -> None:
    await workspace.set_fault("hang")
    posting = asyncio.create_task(client.chat_postMessage(channel="C0OPS", text="x"))
    await workspace.wait_for(text="x")
    assert not posting.done()
    await workspace.set_fault("hang", 0)
    with pytest.raises(aiohttp.ClientConnectionError):
        await posting


async def test_a_black_hole_swallows_calls_envelopes_and_pings(
    raw: RawApp, client: AsyncWebClient, workspace: Driver, clock: HandClock
) -> None:
    await raw.connect()
    await workspace.set_fault("blackhole")
    posting = asyncio.create_task(client.chat_postMessage(channel="C0OPS", text="x"))
    typing = asyncio.create_task(workspace.person("Omar").slash("/batch status"))
    await raw.sockets[0].ping()
    await clock.advance(3)
    await typing
    assert workspace.messages() == []
    assert raw.frames.empty()
    await workspace.set_fault("blackhole", 0)
    with pytest.raises(aiohttp.ClientConnectionError):
        await posting
    assert workspace.messages() == []


async def test_a_ping_into_a_black_hole_has_no_answer(raw: RawApp, workspace: Driver) -> None:
    async with await _socket(raw) as socket:
        await workspace.set_fault("blackhole")
        await socket.ping(b"lost")
        await _round_trip(raw)
        await workspace.set_fault("blackhole", 0)
        await socket.ping(b"heard")
        assert (await socket.receive()).data == b"heard"


async def test_a_deaf_connection_answers_pings_and_delivers_nothing(
    raw: RawApp, workspace: Driver, clock: HandClock
) -> None:
    async with await _socket(raw) as socket:
        await workspace.set_fault("deaf")
        omar = workspace.person("Omar")
        typing = asyncio.create_task(omar.slash("/batch status"))
        await clock.advance(3)
        await typing
        await omar.notice("did not respond")
        await socket.ping(b"there?")
        answer = await socket.receive()
        assert (answer.type, answer.data) == (aiohttp.WSMsgType.PONG, b"there?")


async def test_every_envelope_is_delivered_twice(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    await workspace.set_fault("redeliver")
    await workspace.person("Omar").slash("/batch status")
    first, second = await raw.next(), await raw.next()
    assert first == second
    await workspace.person("Omar").says("@app", "hello")
    first, second = await raw.next(), await raw.next()
    assert first["payload"] == second["payload"]
    assert [first["retry_attempt"], second["retry_attempt"]] == [0, 1]


async def test_a_slow_network_delays_calls_and_envelopes(
    raw: RawApp, client: AsyncWebClient, workspace: Driver, clock: HandClock
) -> None:
    await raw.connect()
    await workspace.set_fault("slow", 0.5)
    calling = asyncio.create_task(client.auth_test())
    typing = asyncio.create_task(workspace.person("Omar").slash("/batch status"))
    await clock.advance(0.49)
    assert raw.frames.empty()
    assert not calling.done()
    await clock.advance(0.5)
    await typing
    assert (await calling)["ok"]


async def test_when_slack_is_down_sockets_close_and_calls_fail_until_it_is_back(
    workspace: Driver, connector: Connector, clock: HandClock
) -> None:
    app = connector.app()
    await connector.connect(app)
    await workspace.set_fault("down", 60)
    await workspace.wait_for_app(0)
    with pytest.raises(SlackApiError) as refused:
        await app.client.auth_test()
    assert refused.value.response.status_code == 503
    await clock.advance(60)
    assert (await app.client.auth_test())["ok"]


async def test_the_panel_is_told_of_every_move(workspace: Driver) -> None:
    subscription = workspace.workspace.subscribe("U0VERA")
    await workspace.set_fault("deaf")
    log = await anext(subscription)
    faults = await anext(subscription)
    assert (log["entry"]["kind"], log["entry"]["name"]) == ("fault", "deaf")
    assert {f["name"]: f["value"] for f in faults["faults"]}["deaf"] is True


async def _socket(raw: RawApp) -> aiohttp.ClientWebSocketResponse:
    """A socket that shows pongs, and has had its hello."""
    opened = await raw.call("apps.connections.open", token="xapp-local-workspace")
    socket = await raw.session.ws_connect(opened.body["url"], autoping=False)
    assert (await socket.receive_json())["type"] == "hello"
    return socket


async def _round_trip(raw: RawApp) -> None:
    """Ask for something no weather touches: what was sent before it has been read by then."""
    async with raw.session.get(f"{raw.served.url}/files/none/none") as response:
        assert response.status == 404
