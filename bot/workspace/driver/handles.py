"""A message or a view in a test's hand: looks anew each time it is asked."""

from dataclasses import dataclass

from bot.workspace.core import Core
from bot.workspace.driver import visible
from bot.workspace.shapes import Json


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a room; ``user`` is set where only that person sees it."""

    core: Core
    channel: str
    ts: str
    user: str = ""

    @property
    def json(self) -> Json:
        """Slack's message object as it is now.

        Raises:
            AssertionError: the message is gone.
        """
        if self.user:
            private = self.core.ephemerals.get(self.user, self.ts)
            found = private.message if private else None
        else:
            found = self.core.rooms.for_anybody(self.channel).messages.get(self.ts)
        if found is None:
            raise AssertionError(f"The message of {self.ts} is gone.")
        return found

    @property
    def text(self) -> str:
        """What a person reads: the blocks' text where there are blocks, else the message's own."""
        return "\n".join(visible.words(self.blocks)) or str(self.json["text"])

    @property
    def fallback(self) -> str:
        """The plain text, which notifications show."""
        return str(self.json["text"])

    @property
    def blocks(self) -> list[Json]:
        """The blocks; none for a plain message."""
        return list(self.json.get("blocks", []))

    @property
    def buttons(self) -> list[str]:
        """The visible text of every button, in order."""
        return visible.buttons(self.blocks)

    @property
    def thread(self) -> list["Message"]:
        """The replies, oldest first."""
        replies = self.core.rooms.for_anybody(self.channel).thread(self.ts)[1:]
        return [Message(self.core, self.channel, reply["ts"]) for reply in replies]

    @property
    def container(self) -> Json:
        """Where its elements are."""
        return {"channel": self.channel, "message_ts": self.ts}

    def says(self, text: str) -> bool:
        """Whether it says this, to its readers or in a notification."""
        return text in self.text or text in self.fallback


@dataclass(frozen=True, slots=True)
class View:
    """A form that a person has open, or their App Home."""

    core: Core
    user: str
    id: str

    @property
    def json(self) -> Json:
        """Slack's view object as it is now.

        Raises:
            AssertionError: the form is closed.
        """
        found = self.core.forms.of(self.user, self.id)
        if found is None:
            raise AssertionError("This form is closed.")
        return found

    @property
    def open(self) -> bool:
        """Whether it is still on the screen."""
        return self.core.forms.of(self.user, self.id) is not None

    @property
    def title(self) -> str:
        """What stands at the top; a home has none."""
        return str((self.json["title"] or {}).get("text", ""))

    @property
    def text(self) -> str:
        """All that can be read."""
        return "\n".join((self.title, *visible.words(self.blocks)))

    @property
    def blocks(self) -> list[Json]:
        """The blocks."""
        return list(self.json["blocks"])

    @property
    def buttons(self) -> list[str]:
        """The visible text of every button, in order."""
        return visible.buttons(self.blocks)

    @property
    def container(self) -> Json:
        """Where its elements are."""
        return {"view_id": self.id}
