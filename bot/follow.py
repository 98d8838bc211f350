"""Follows the events of the journal and keeps the messages that show their subjects up to date."""

import json
from dataclasses import dataclass, field

from bot import outbox
from bot.drafts import Drafts
from bot.places import Place, Places
from bot.render.message import Asker, render
from bot.service import Postman
from bot.store import Store
from commands.aside import answer
from commands.ops import events
from commands.ops.house import House
from commands.ops.roles import Caller
from commands.reply import Ask
from commands.words import words

EVERY = 3.0  # seconds between edits of one message: chat.update is limited for the whole workspace
CURSOR = "follow"


@dataclass(slots=True)
class Follower:
    """One round is one call of `tick`, in a thread of its own."""

    house: House
    store: Store
    postman: Postman
    _edited: dict[tuple[str, str], float] = field(default_factory=dict)
    _places: Places = field(init=False)
    _due: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._places = Places(self.store)

    def tick(self) -> None:
        """Read what is new, and edit what shows something else than it should."""
        new = events.since(self.house.journal.connection(), self.store.cursor(CURSOR) or 0)
        self._due |= {event.subject for event in new}
        self._due = {subject for subject in self._due if not self._refresh(subject)}
        if new:
            with self.store.write() as transaction:
                self.store.move_cursor(transaction, CURSOR, new[-1].seq)

    def start(self) -> None:
        """Begin with what comes from now on, unless an earlier process has left off somewhere."""
        self.store.start_cursor(CURSOR, events.last(self.house.journal.connection()))

    def _refresh(self, subject: str) -> bool:
        """False if one of its messages was edited too short a while ago."""
        places = self._places.of_subject(subject)
        ready = [place for place in places if self._ready(place)]
        for place in ready:
            self._edit(place)
        return len(ready) == len(places)

    def _edit(self, place: Place) -> None:
        caller = Caller(**json.loads(place.caller))
        now = self.house.clock.now()
        ask = Ask(f"follow {place.ts}", words(place.subject), caller, now, again=True)
        reply = answer(ask, self.house)
        self._edited[place.channel, place.ts] = self.house.clock.monotonic()
        if reply.audience == "caller":
            return  # who asked once may not ask any more: that is no news for the channel
        rendered = render(reply, Asker(caller.name, place.subject, now))
        if rendered.hash == place.hash:
            return
        with self.store.write() as transaction:
            for draft in Drafts(rendered, place.subject, caller).edits(place, self._places.evidence(place)):
                outbox.put(transaction, now, draft)
        self.postman.wake(place.channel)

    def _ready(self, place: Place) -> bool:
        edited = self._edited.get((place.channel, place.ts))
        return edited is None or self.house.clock.monotonic() - edited >= EVERY
