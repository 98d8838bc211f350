"""Who is told what happens: a queue of events for each page a person has open, and listeners for all."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable

from bot.workspace.shapes import Json

Listener = Callable[[str, Json], None]


class Subscription:
    """The events one person sees, as an async iterator that ends when it is closed."""

    def __init__(self, feed: "Feed", user: str) -> None:
        self._feed = feed
        self._user = user
        self._events: asyncio.Queue[Json | None] = asyncio.Queue()

    def put(self, event: Json | None) -> None:
        """Add an event; ``None`` ends the iteration."""
        self._events.put_nowait(event)

    def __aiter__(self) -> "Subscription":
        return self

    async def __anext__(self) -> Json:
        event = await self._events.get()
        if event is None:
            raise StopAsyncIteration
        return event

    def close(self) -> None:
        """End the iteration and hear no more."""
        self._feed.forget(self._user, self)
        self.put(None)


class Feed:
    """Carries every event to the people who may see it."""

    def __init__(self) -> None:
        self._open: dict[str, list[Subscription]] = defaultdict(list)
        self._listeners: list[Listener] = []

    def subscribe(self, user: str) -> Subscription:
        """Begin to hear what this person sees, from now on."""
        subscription = Subscription(self, user)
        self._open[user].append(subscription)
        return subscription

    def forget(self, user: str, subscription: Subscription) -> None:
        """Send no more to this subscription; one that is not known is no matter."""
        if subscription in self._open[user]:
            self._open[user].remove(subscription)

    def listen(self, listener: Listener) -> None:
        """Call ``listener(user, event)`` at every event; the user of what all are sent is empty."""
        self._listeners.append(listener)

    def send(self, user: str, event: Json) -> None:
        """Send one event to one person."""
        for listener in self._listeners:
            listener(user, event)
        for subscription in self._open[user]:
            subscription.put(event)

    def send_all(self, users: Iterable[str], event: Json) -> None:
        """Send the same event to several people."""
        for user in users:
            self.send(user, event)

    def close(self) -> None:
        """End every subscription."""
        for subscription in [each for subscriptions in self._open.values() for each in subscriptions]:
            subscription.close()

    def broadcast(self, event: Json) -> None:
        """Send an event about the workspace itself to every open page."""
        for listener in self._listeners:
            listener("", event)
        for subscriptions in self._open.values():
            for subscription in subscriptions:
                subscription.put(event)
