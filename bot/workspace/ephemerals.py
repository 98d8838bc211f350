"""Messages that one person sees and no history keeps."""

from collections import defaultdict
from dataclasses import dataclass

from bot.workspace.shapes import Json


@dataclass(frozen=True, slots=True)
class Ephemeral:
    """A private message and the room it is shown in."""

    channel: str
    message: Json


class Ephemerals:
    """What each person was shown privately, until it is deleted."""

    def __init__(self) -> None:
        self._shown: dict[str, dict[str, Ephemeral]] = defaultdict(dict)

    def put(self, user: str, channel: str, message: Json) -> None:
        """Show a message, or what replaces the one of the same ``ts``."""
        self._shown[user][message["ts"]] = Ephemeral(channel, message)

    def get(self, user: str, ts: str) -> Ephemeral | None:
        """The private message of this time, if this person still has it."""
        return self._shown[user].get(ts)

    def of(self, user: str) -> dict[str, Ephemeral]:
        """All that this person was shown, by ``ts``, oldest first."""
        return self._shown[user]

    def remove(self, user: str, ts: str) -> None:
        """Show it no more."""
        self._shown[user].pop(ts, None)
