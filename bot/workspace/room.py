"""One conversation: its members, its messages in order, and what each member has read of it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.workspace.shapes import Json


@dataclass(slots=True)
class Unread:
    """What waits for one member in one room."""

    last_read: str = "0000000000.000000"
    unread: int = 0
    mentions: int = 0


@dataclass(slots=True, eq=False)
class Room:
    """A channel, or a direct conversation of two (then ``name`` is empty).

    ``messages`` holds Slack's message objects by their ``ts``, oldest first, replies among them;
    ``replies`` the ``ts`` of each thread's replies by the parent's.
    """

    id: str
    name: str
    topic: str
    created: int
    members: list[str]
    is_im: bool = False
    messages: dict[str, Json] = field(default_factory=dict)
    replies: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    marks: dict[str, Unread] = field(default_factory=lambda: defaultdict(Unread))
    pins: list[str] = field(default_factory=list)

    def other(self, user: str) -> str:
        """Who else is in this direct conversation; oneself, in one's own."""
        return next((member for member in self.members if member != user), user)

    def add(self, message: Json) -> None:
        """Put a new message at the end, and under its parent if it is a reply."""
        self.messages[message["ts"]] = message
        parent = message.get("thread_ts")
        if parent and parent != message["ts"]:
            self.replies[parent].append(message["ts"])

    def remove(self, ts: str) -> Json:
        """Take a message out and return it."""
        message = self.messages.pop(ts)
        siblings = self.replies.get(message.get("thread_ts", ""), [])
        if ts in siblings:
            siblings.remove(ts)
        return message

    def newest_first(self) -> Iterator[Json]:
        """The messages of the channel itself, replies left out unless they were sent to the channel too."""
        return (message for message in reversed(self.messages.values()) if in_channel(message))

    def thread(self, ts: str) -> list[Json]:
        """The parent and its replies, oldest first; empty if there is no such parent."""
        if ts not in self.messages:
            return []
        return [self.messages[ts], *(self.messages[reply] for reply in self.replies.get(ts, []))]


def is_reply(message: Json) -> bool:
    """Whether a message hangs under another."""
    return bool(message.get("thread_ts", message["ts"]) != message["ts"])


def in_channel(message: Json) -> bool:
    """Whether a message shows in the channel itself."""
    return not is_reply(message) or message.get("subtype") == "thread_broadcast"
