"""Envelopes: a request or an event on its way to the app, its acknowledgement, its redelivery."""

import asyncio
import time
import uuid

from bot.workspace.activity import Activity
from bot.workspace.clock import Clock, pause, within
from bot.workspace.errors import NoAck, NoConnection, NotDelivered
from bot.workspace.faults import Faults
from bot.workspace.shapes import Json
from bot.workspace.socket_mode.hub import Hub
from bot.workspace.tasks import Tasks

TO_ACK = 3.0
# Slack tries an event again nearly at once, after a minute and after five.
# https://docs.slack.dev/apis/events-api/#retries
BEFORE_RETRY = (0.0, 60.0, 300.0)


class Delivery:
    """Sends envelopes by the hub and waits for their acks, three seconds each."""

    def __init__(self, hub: Hub, clock: Clock, faults: Faults, activity: Activity, tasks: Tasks) -> None:
        self._hub = hub
        self._clock = clock
        self._faults = faults
        self._activity = activity
        self._tasks = tasks
        self._waiting: dict[str, asyncio.Future[Json]] = {}

    async def request(self, kind: str, payload: Json, *, responds: bool) -> Json:
        """Send what a person did, and return the payload of the ack.

        Args:
            kind: ``slash_commands`` or ``interactive``.
            payload: what Slack tells of it.
            responds: whether the ack may carry a payload; one that comes anyway counts for nothing.

        Raises:
            NoConnection: the app is not there.
            NoAck: it took longer than three seconds.
        """
        answer = await self._send({"type": kind, "payload": payload, "accepts_response_payload": responds})
        return answer if responds else {}

    def event(self, payload: Json) -> None:
        """Send an event, and again if it is not acknowledged."""
        self._tasks.spawn(self._until_acknowledged(payload))

    def acknowledge(self, frame: Json) -> None:
        """Take an ack from the app; a second one for the same envelope changes nothing."""
        waiting = self._waiting.get(str(frame.get("envelope_id")))
        if waiting and not waiting.done():
            payload = frame.get("payload")
            waiting.set_result(payload if isinstance(payload, dict) else {})

    async def _until_acknowledged(self, payload: Json) -> None:
        for attempt in range(len(BEFORE_RETRY) + 1):
            if attempt:
                await pause(self._clock, BEFORE_RETRY[attempt - 1])
            try:
                await self._send(_event(payload, attempt))
            except NotDelivered:
                continue
            return

    async def _send(self, body: Json) -> Json:
        connection = self._hub.next()
        name = _name(body)
        if connection is None:
            self._activity.note("envelope", name, ok=False, detail="no connection")
            raise NoConnection
        envelope = {"envelope_id": str(uuid.uuid4()), **body}
        waiting: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = waiting
        began = time.perf_counter()
        self._activity.note("envelope", name)
        self._tasks.spawn(connection.send(envelope))
        if self._faults["redeliver"]:
            self._send_again(envelope)
        try:
            answer = await within(self._clock, TO_ACK, waiting)
        except TimeoutError:
            self._activity.note("ack", name, ok=False, detail="none within 3 s")
            raise NoAck from None
        finally:
            del self._waiting[envelope["envelope_id"]]
        self._activity.note("ack", name, ms=(time.perf_counter() - began) * 1000)
        return answer

    def _send_again(self, envelope: Json) -> None:
        """Deliver twice: an event as its first retry, anything else as it was, attempt 0 again."""
        if envelope["type"] == "events_api":
            envelope = {**_event(envelope["payload"], 1), "envelope_id": str(uuid.uuid4())}
        connection = self._hub.next()
        if connection:
            self._tasks.spawn(connection.send(envelope))


def _event(payload: Json, attempt: int) -> Json:
    return {
        "type": "events_api",
        "payload": payload,
        "accepts_response_payload": False,
        "retry_attempt": attempt,
        "retry_reason": "timeout" if attempt else "",
    }


def _name(body: Json) -> str:
    payload = body["payload"]
    if body["type"] == "slash_commands":
        return str(payload["command"])
    return str(payload["event"]["type"] if body["type"] == "events_api" else payload["type"])
