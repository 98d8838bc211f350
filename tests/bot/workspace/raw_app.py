"""An app without any framework: it keeps every frame it gets and answers as a test says."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.workspace.app_identity import DEFAULT_APP_TOKEN, DEFAULT_BOT_TOKEN
from bot.workspace.server import Served
from bot.workspace.shapes import Json

if TYPE_CHECKING:
    from collections.abc import Callable

NO_ACK: Json = {"no": "ack"}


@dataclass(frozen=True, slots=True)
class Answered:
    """What a call brought back."""

    status: int
    body: Json
    headers: dict[str, str]


class RawApp:
    """Calls the Web API by hand and holds any number of sockets."""

    def __init__(self, served: Served, session: aiohttp.ClientSession) -> None:
        self.served = served
        self.session = session
        self.sockets: list[aiohttp.ClientWebSocketResponse] = []
        self.frames: asyncio.Queue[tuple[int, Json]] = asyncio.Queue()
        self.answer: Callable[[Json], Json] = lambda _envelope: {}
        self._readers: list[asyncio.Task[None]] = []

    async def call(self, method: str, *, token: str = DEFAULT_BOT_TOKEN, **args: Any) -> Answered:
        """Call a method with JSON."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return await self.send("POST", f"{self.served.api_url}{method}", json=args, headers=headers)

    async def send(self, verb: str, url: str, **options: Any) -> Answered:
        """Send any request and read its JSON answer."""
        async with self.session.request(verb, url, **options) as response:
            return Answered(response.status, await response.json(), dict(response.headers))

    async def connect(self) -> Json:
        """Open one more socket; returns its first frame."""
        opened = await self.call("apps.connections.open", token=DEFAULT_APP_TOKEN)
        socket = await self.session.ws_connect(opened.body["url"], autoping=True)
        number = len(self.sockets)
        self.sockets.append(socket)
        first: Json = await socket.receive_json()
        self._readers.append(asyncio.create_task(self._read(number, socket)))
        return first

    async def next(self) -> Json:
        """The next frame of any socket."""
        return (await self.next_with_socket())[1]

    async def next_with_socket(self) -> tuple[int, Json]:
        """The next frame, and the number of the socket it came by."""
        return await asyncio.wait_for(self.frames.get(), 5)

    async def acknowledge(self, envelope: Json, payload: Json | None = None) -> None:
        """Acknowledge an envelope by hand."""
        ack: Json = {"envelope_id": envelope["envelope_id"]}
        await self.sockets[0].send_json(ack if payload is None else {**ack, "payload": payload})

    async def close(self) -> None:
        for reader in self._readers:
            reader.cancel()
        await asyncio.gather(*self._readers, return_exceptions=True)
        for socket in self.sockets:
            await socket.close()

    async def _read(self, number: int, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            frame: Json = message.json()
            if "envelope_id" in frame:
                answer = self.answer(frame)
                if answer is not NO_ACK:
                    ack: Json = {"envelope_id": frame["envelope_id"]}
                    await socket.send_json({**ack, "payload": answer} if answer else ack)
            self.frames.put_nowait((number, frame))
