"""The workspace as a test sees it: its people, and what is said in it."""

from collections.abc import Callable
from typing import TypeVar

from bot.workspace.driver.actor import Actor
from bot.workspace.driver.handles import Message
from bot.workspace.driver.watching import HANGS_AFTER, Watch
from bot.workspace.workspace import Workspace

T = TypeVar("T")


class Driver:
    """Drives a workspace; what it waits for must have happened since the last act of any of its people."""

    def __init__(self, workspace: Workspace, hangs_after: float = HANGS_AFTER) -> None:
        self.workspace = workspace
        self._watch = Watch(workspace.core, hangs_after)

    def person(self, name: str) -> Actor:
        """Somebody by first name: ``workspace.person("Omar")``.

        Raises:
            AssertionError: there is nobody of this name.
        """
        for person in self.workspace.core.people.values():
            if person.real_name.split()[0] == name and not person.is_bot:
                return Actor(self.workspace, self._watch, person)
        raise AssertionError(f"There is nobody called {name}.")

    async def set_fault(self, name: str, value: float = 1) -> None:
        """Move a fault switch; 0 is off."""
        await self.workspace.set_fault(name, value)

    def messages(self, channel: str = "") -> list[Message]:
        """Every message, of one channel or of all, oldest first; replies too."""
        core = self.workspace.core
        found = [
            Message(core, room.id, ts)
            for room in core.rooms
            if not channel or room is core.rooms.named(channel)
            for ts in room.messages
        ]
        return sorted(found, key=lambda message: message.ts)

    async def wait_for(
        self, text: str = "", *, channel: str = "", thread: Message | None = None, button: str = ""
    ) -> Message:
        """Wait for a message of the app: posted or changed since the last act.

        Args:
            text: what it says, to its readers or in a notification.
            channel: in which channel; any, if left out.
            thread: under which message.
            button: the visible text of a button it has.
        """

        def look() -> Message | None:
            for message in reversed(self.messages(channel)):
                if self._is_news(message) and message.says(text) and _fits(message, thread, button):
                    return message
            return None

        return await self._watch.until(
            look, lambda: f"Nobody said “{text}” but:\n{self._transcript(channel)}"
        )

    async def wait_until(self, look: Callable[[], T | None], otherwise: Callable[[], str]) -> T:
        """Wait until ``look`` finds something, looking again at each event; ``otherwise`` says what was there instead."""
        return await self._watch.until(look, otherwise)

    async def wait_until_gone(self, message: Message) -> None:
        """Wait until a message was deleted."""
        messages = self.workspace.core.rooms.for_anybody(message.channel).messages
        await self._watch.until(
            lambda: True if message.ts not in messages else None,
            lambda: f"The message is still there: {message.text}",
        )

    async def wait_for_app(self, connections: int = 1) -> None:
        """Wait until the app has so many sockets open."""
        hub = self.workspace.core.hub
        await self._watch.until(
            lambda: True if len(hub.connections) == connections else None,
            lambda: f"The app has {len(hub.connections)} connections.",
        )

    def _is_news(self, message: Message) -> bool:
        own = "bot_id" in message.json
        return own and self._watch.said.get((message.channel, message.ts), 0) >= self._watch.mark

    def _transcript(self, channel: str) -> str:
        return "\n".join(f"{m.json['user']}: {m.text}" for m in self.messages(channel))


def _fits(message: Message, thread: Message | None, button: str) -> bool:
    in_thread = thread is None or message.json.get("thread_ts") == thread.ts != message.ts
    return in_thread and (not button or button in message.buttons)
