"""The page's socket, frame by frame."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, WSServerHandshakeError

from bot.workspace.page.feed import LARGEST_FRAME
from bot.workspace.server import Served
from bot.workspace.shapes import Json

pytestmark = pytest.mark.asyncio(loop_scope="session")


@asynccontextmanager
async def socket_of(
    served: Served, user: str = "U0OMAR", **headers: str
) -> AsyncIterator[ClientWebSocketResponse]:
    async with (
        ClientSession(headers={"Origin": served.url, **headers}) as http,
        http.ws_connect(f"{served.url}/page/socket?user={user}") as socket,
    ):
        yield socket


async def answer_to(socket: ClientWebSocketResponse, **frame: object) -> Json:
    """The answer to one question, events in between passed over."""
    await socket.send_json({"id": 7, **frame})
    while True:
        answer: Json = await socket.receive_json(timeout=5)
        if answer.get("re") == 7:
            return answer


async def test_a_snapshot_comes_first_and_events_after_it(served: Served) -> None:
    async with socket_of(served) as socket:
        snapshot = await socket.receive_json()
        assert snapshot["type"] == "snapshot"
        assert snapshot["me"]["id"] == "U0OMAR"
        await served.workspace.say("U0ASHA", "C0OPS", "hello")
        event = await socket.receive_json()
        assert (event["type"], event["message"]["text"]) == ("message", "hello")


async def test_what_is_asked_is_done_and_answered(served: Served) -> None:
    async with socket_of(served) as socket:
        assert await answer_to(socket, do="say", channel="C0OPS", text="hi") == {
            "re": 7,
            "ok": True,
            "result": None,
        }
        history = await answer_to(socket, do="history", channel="C0OPS")
        assert [message["text"] for message in history["result"]] == ["hi"]


async def test_a_refusal_comes_back_as_its_sentence(served: Served) -> None:
    async with socket_of(served) as socket:
        answer = await answer_to(socket, do="say", channel="C0OPS", text="/nonsense")
    assert answer == {"re": 7, "ok": False, "error": "/nonsense is not a valid command."}


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        ({"do": "core"}, "The page asked for something unknown: 'core'."),
        ({"do": "__init__"}, "The page asked for something unknown: '__init__'."),
        ({"do": ["say"]}, "The page asked for something unknown: \"['say']\"."),
        ({"do": "say", "channel": "C0OPS"}, "“say” needs “text”."),
        ({"do": "say", "channel": "C0OPS", "text": 5}, "“say” does not take this “text”."),
        ({"do": "open_home", "user": "U0ASHA"}, "“open_home” does not take this “user”."),
    ],
)
async def test_a_frame_that_fits_no_deed_is_refused(served: Served, frame: Json, sentence: str) -> None:
    async with socket_of(served) as socket:
        assert (await answer_to(socket, **frame))["error"] == sentence


@pytest.mark.parametrize("text", ["no json", "[]", "3"])
async def test_what_is_no_frame_is_passed_over(served: Served, text: str) -> None:
    async with socket_of(served) as socket:
        await socket.send_str(text)
        assert (await answer_to(socket, do="history", channel="C0OPS"))["ok"]


async def test_a_frame_above_the_largest_ends_the_connection(served: Served) -> None:
    async with socket_of(served) as socket:
        await socket.receive_json()
        await socket.send_str("x" * (LARGEST_FRAME + 1))
        assert (await socket.receive(timeout=5)).type in {WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.ERROR}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://evil.example", "Host": "evil.example"},  # DNS rebinding: both agree
    ],
)
async def test_a_page_from_elsewhere_may_not_connect(served: Served, headers: dict[str, str]) -> None:
    with pytest.raises(WSServerHandshakeError) as refusal:
        async with socket_of(served, **headers):
            pass
    assert refusal.value.status == 403


@pytest.mark.parametrize("user", ["", "U0NOBODY", "U0WARDEN"])
async def test_nobody_connects_as_somebody_who_is_not_there(served: Served, user: str) -> None:
    with pytest.raises(WSServerHandshakeError) as refusal:
        async with socket_of(served, user):
            pass
    assert refusal.value.status == 404


async def test_a_page_that_left_is_told_no_more(served: Served) -> None:
    async with socket_of(served) as socket:
        await socket.receive_json()
    await served.workspace.say("U0ASHA", "C0OPS", "is anybody here?")
    async with socket_of(served) as socket:
        assert (await socket.receive_json())["type"] == "snapshot"
