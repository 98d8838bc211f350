"""All Socket Mode connections of the app, and the choice of one for each envelope."""

import asyncio
import secrets

from bot.workspace.activity import Activity
from bot.workspace.clock import Clock, Timer
from bot.workspace.faults import Faults
from bot.workspace.ids import APP
from bot.workspace.shapes import Json
from bot.workspace.socket_mode.connection import Connection
from bot.workspace.subscriptions import Feed
from bot.workspace.tasks import Tasks

MOST = 10
LIFETIME = 18_060.0  # about five hours, then Slack asks for a fresh connection
FAREWELL = 10.0  # between a disconnect frame and the end
PING_EVERY = 10.0


class Hub:
    """Admits connections by ticket, greets them, takes turns among them, and retires them."""

    def __init__(self, clock: Clock, faults: Faults, feed: Feed, activity: Activity, tasks: Tasks) -> None:
        self._clock = clock
        self._faults = faults
        self._feed = feed
        self._activity = activity
        self._tasks = tasks
        self._tickets: set[str] = set()
        self._ends: dict[Connection, Timer] = {}
        self._pings: dict[Connection, Timer] = {}
        self._turn = 0
        self.connections: list[Connection] = []
        faults.on_change(self._fault_moved)

    def ticket(self) -> str:
        """A word that opens one connection, once."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return ticket

    def redeem(self, ticket: str) -> bool:
        """Use a ticket up; False if it was never given or used before."""
        if ticket not in self._tickets:
            return False
        self._tickets.remove(ticket)
        return True

    def presence(self) -> Json:
        """Whether the app is there, as an event."""
        connections = len(self.connections)
        return {"type": "presence", "bot_connected": connections > 0, "connections": connections}

    async def greet(self, connection: Connection) -> None:
        """Say hello to a new connection and count it in, or send it away if there are ten."""
        if len(self.connections) >= MOST:
            await connection.send(_disconnect("too_many_websockets"))
            await connection.close()
            return
        self.connections.append(connection)
        self._ends[connection] = self._clock.call_later(
            LIFETIME, lambda: self._retire(connection, "refresh_requested")
        )
        self._ping_later(connection)
        self._activity.note("event", "socket opened", detail=f"{len(self.connections)} open")
        self._feed.broadcast(self.presence())
        await connection.send(_hello(len(self.connections)))

    def part(self, connection: Connection) -> None:
        """Count a closed connection out."""
        if connection not in self.connections:
            return
        self.connections.remove(connection)
        self._ends.pop(connection).cancel()
        self._pings.pop(connection).cancel()
        self._activity.note("event", "socket closed", detail=f"{len(self.connections)} open")
        self._feed.broadcast(self.presence())

    def next(self) -> Connection | None:
        """Whose turn it is; one that is being retired only if there is no other."""
        candidates = [c for c in self.connections if not c.retiring] or self.connections
        if not candidates:
            return None
        self._turn += 1
        return candidates[self._turn % len(candidates)]

    async def close(self) -> None:
        """Close every connection."""
        closing = list(self.connections)
        await asyncio.gather(*(connection.close() for connection in closing))
        for connection in closing:
            self.part(connection)

    def _fault_moved(self, name: str) -> None:
        if name == "down" and self._faults[name]:
            self._tasks.spawn(self.close())
        if name in {"refresh", "warning"} and self._faults.use(name):
            reason = "refresh_requested" if name == "refresh" else "warning"
            for connection in list(self.connections):
                self._retire(connection, reason)

    def _retire(self, connection: Connection, reason: str) -> None:
        connection.retiring = True
        self._activity.note("event", f"disconnect {reason}")
        self._tasks.spawn(connection.send(_disconnect(reason)))
        self._ends[connection].cancel()
        self._ends[connection] = self._clock.call_later(
            FAREWELL, lambda: self._tasks.spawn(connection.close())
        )

    def _ping_later(self, connection: Connection) -> None:
        def ping() -> None:
            self._tasks.spawn(connection.ping())
            self._ping_later(connection)

        self._pings[connection] = self._clock.call_later(PING_EVERY, ping)


def _hello(connections: int) -> Json:
    return {
        "type": "hello",
        "num_connections": connections,
        "connection_info": {"app_id": APP},
        "debug_info": {
            "host": "applink-local",
            "build_number": 1,
            "approximate_connection_time": int(LIFETIME),
        },
    }


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-local"}}
