"""Several connections, their turns, and their ends."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.workspace.clock import HandClock
from bot.workspace.driver import Driver
from bot.workspace.shapes import Json
from bot.workspace.subscriptions import Subscription
from tests.bot.workspace.conftest import Connector
from tests.bot.workspace.raw_app import RawApp


async def test_two_connections_get_a_share_each(raw: RawApp, workspace: Driver) -> None:
    await raw.connect()
    assert (await raw.connect())["num_connections"] == 2
    for _ in range(6):
        await workspace.person("Omar").slash("/batch status")
    takers = [(await raw.next_with_socket())[0] for _ in range(6)]
    assert sorted(takers) == [0, 0, 0, 1, 1, 1]


async def test_ten_connections_are_taken_and_the_eleventh_is_sent_away(raw: RawApp) -> None:
    for number in range(10):
        assert (await raw.connect())["num_connections"] == number + 1
    assert (await raw.connect())["reason"] == "too_many_websockets"


async def test_a_ticket_opens_one_connection(raw: RawApp) -> None:
    opened = await raw.call("apps.connections.open", token="xapp-local-workspace")
    async with raw.session.ws_connect(opened.body["url"]):
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await raw.session.ws_connect(opened.body["url"])


async def test_people_see_whether_the_app_is_there(raw: RawApp, workspace: Driver) -> None:
    subscription = workspace.workspace.subscribe("U0OMAR")
    await raw.connect()
    seen = [event async for event in _until(subscription, "presence")]
    assert seen[-1] == {"type": "presence", "bot_connected": True, "connections": 1}
    await raw.sockets[0].close()
    seen = [event async for event in _until(subscription, "presence")]
    assert not seen[-1]["bot_connected"]


async def test_a_connection_is_asked_to_come_anew_after_five_hours(raw: RawApp, clock: HandClock) -> None:
    await raw.connect()
    await clock.advance(18_060)
    assert (await raw.next())["reason"] == "refresh_requested"
    await clock.advance(10)
    await workspace_is_left(raw)


async def test_a_retiring_connection_gets_nothing_while_another_is_there(
    raw: RawApp, workspace: Driver
) -> None:
    await raw.connect()
    await workspace.set_fault("warning")
    assert (await raw.next())["reason"] == "warning"
    await workspace.person("Omar").slash("/batch status")
    assert (await raw.next_with_socket())[0] == 0
    await raw.connect()
    for _ in range(3):
        await workspace.person("Omar").slash("/batch status")
        assert (await raw.next_with_socket())[0] == 1


async def test_an_app_on_a_real_client_follows_a_refresh(workspace: Driver, connector: Connector) -> None:
    app = connector.app()
    await connector.connect(app)
    first = workspace.workspace.core.hub.connections[0]
    await workspace.set_fault("refresh")
    await workspace.wait_for_app(0)
    await workspace.wait_for_app(1)
    assert workspace.workspace.core.hub.connections != [first]


async def workspace_is_left(raw: RawApp) -> None:
    """The server closes the socket, and the reader of the test comes to its end."""
    await raw._readers[0]
    assert raw.sockets[0].closed


async def _until(subscription: Subscription, kind: str) -> AsyncIterator[Json]:
    """The events up to the first of this type."""
    async for event in subscription:
        yield event
        if event["type"] == kind:
            return
