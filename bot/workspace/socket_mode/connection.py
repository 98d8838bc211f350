"""One Socket Mode connection, seen from Slack's side, with the faults that befall it."""

import json
from collections.abc import AsyncIterator

from aiohttp import WSMsgType, web

from bot.workspace.clock import Clock, pause
from bot.workspace.faults import Faults
from bot.workspace.shapes import Json


class Connection:
    """Sends frames and yields what the app sends back.

    ``retiring`` is set once the app was asked to connect anew: it gets no more envelopes
    while another connection is there.
    """

    def __init__(self, socket: web.WebSocketResponse, faults: Faults, clock: Clock) -> None:
        self._socket = socket
        self._faults = faults
        self._clock = clock
        self.retiring = False

    async def send(self, frame: Json) -> None:
        """Send a frame, unless the network swallows it; a connection that is gone swallows it too."""
        if self._faults["slow"]:
            await pause(self._clock, self._faults["slow"])
        if self._faults["blackhole"] or (self._faults["deaf"] and "envelope_id" in frame):
            return
        try:
            await self._socket.send_str(json.dumps(frame, separators=(",", ":")))
        except ConnectionError:
            await self.close()

    async def ping(self) -> None:
        """Ask whether the other end is there, as Slack does every few seconds."""
        if self._socket.closed or self._faults["blackhole"]:
            return
        try:
            await self._socket.ping(b"Ping from applink")
        except ConnectionError:
            await self.close()

    async def frames(self) -> AsyncIterator[Json]:
        """The app's JSON frames until it closes; its pings are answered here."""
        async for message in self._socket:
            if self._faults["blackhole"]:
                continue
            if message.type is WSMsgType.PING:
                await self._socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                try:
                    frame = json.loads(message.data)
                except ValueError:
                    continue
                if isinstance(frame, dict):
                    yield frame

    async def close(self) -> None:
        """Close the socket; the transport goes too, so that no farewell is waited for."""
        await self._socket.close(drain=False)
