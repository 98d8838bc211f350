"""All conversations of the workspace, found by id, by name, or by the two people who talk."""

from collections.abc import Iterator, Sequence

from bot.workspace.cast import Channel, Person
from bot.workspace.clock import Clock
from bot.workspace.errors import ApiError
from bot.workspace.ids import BOT_USER, Ids
from bot.workspace.room import Room


class Rooms:
    """Channels and direct conversations; each person has one with the app from the start."""

    def __init__(self, channels: Sequence[Channel], people: Sequence[Person], ids: Ids, clock: Clock) -> None:
        self._ids = ids
        self._clock = clock
        created = int(clock.now())
        self._rooms = {
            channel.id: Room(channel.id, channel.name, channel.topic, created, list(channel.members))
            for channel in channels
        }
        for person in people:
            self._add_direct(f"D0{person.id.removeprefix('U0')}", person.id, BOT_USER)

    def __iter__(self) -> Iterator[Room]:
        return iter(self._rooms.values())

    def get(self, room_id: str) -> Room | None:
        """The room of this id, if there is one."""
        return self._rooms.get(room_id)

    def for_anybody(self, room_id: str) -> Room:
        """A room that is known to be there, whoever is a member."""
        return self._rooms[room_id]

    def named(self, name: str) -> Room | None:
        """The channel of this name, with or without its ``#``."""
        bare = name.removeprefix("#")
        return next((room for room in self if room.name == bare and not room.is_im), None)

    def direct(self, one: str, other: str) -> Room:
        """The direct conversation of two people, opened if it was not."""
        for room in self:
            if room.is_im and set(room.members) == {one, other}:
                return room
        return self._add_direct(self._ids.mint("D"), one, other)

    def for_app(self, given: str) -> Room:
        """What an app means by ``channel``: an id, a name, or a user to write to directly.

        Raises:
            ApiError: ``channel_not_found``; so answers Slack for other people's conversations too.
        """
        room = self.get(given) or self.named(given)
        if room is None and given.startswith("U"):
            room = next((r for r in self if r.is_im and set(r.members) == {given, BOT_USER}), None)
        if room is None or (room.is_im and BOT_USER not in room.members):
            raise ApiError("channel_not_found")
        return room

    def _add_direct(self, room_id: str, one: str, other: str) -> Room:
        room = Room(room_id, "", "", int(self._clock.now()), list(dict.fromkeys((one, other))), is_im=True)
        self._rooms[room_id] = room
        return room
