"""The alarm clock: asks what was put off until now, and says the answer where it belongs."""

from dataclasses import dataclass, field

from bot import outbox
from bot.drafts import Drafts, files
from bot.places import Places
from bot.render.message import Asker, render
from bot.service import Postman
from bot.store import Store
from bot.threads import Threads
from commands.answer import answer
from commands.ops import later
from commands.ops.house import House
from commands.ops.later import Later
from commands.reply import Ask
from commands.words import words

SILENT = ("batch remind ", "batch plan ")  # their events tell what is to be told


@dataclass(slots=True)
class AlarmClock:
    """One round is one call of `tick`, in a thread. `channel`: for what belongs to no message of ours."""

    house: House
    store: Store
    postman: Postman
    channel: str | None
    _places: Places = field(init=False)
    _threads: Threads = field(init=False)

    def __post_init__(self) -> None:
        self._places = Places(self.store)
        self._threads = Threads(self.store)

    def tick(self) -> None:
        """Ask what is due, each once."""
        now = self.house.clock.now()
        for one in later.due(self.house.journal.connection(), now):
            with self.house.journal.write() as transaction:
                mine = later.done(transaction, one.id, now)  # before it is asked: asked once at most
            if mine:
                self._ask(one)

    def _ask(self, one: Later) -> None:
        now = self.house.clock.now()
        reply = answer(Ask(f"later {one.id}", words(one.line), one.caller, now), self.house)
        place = next(iter(self._places.of_subject(one.subject)), None)
        channel = place.channel if place else self.channel
        if one.line.startswith(SILENT) or channel is None:
            return
        thread_ts = (place.thread_ts or place.ts) if place else None
        drafts = Drafts(render(reply, Asker(one.caller.name, one.line, now)), None, one.caller)
        with self.store.write() as transaction:
            spot = self._threads.spot(reply.incident, channel, thread_ts)
            parent = outbox.put(transaction, now, drafts.summary(spot))
            for draft in (*drafts.evidence(spot, parent), *files(reply.attachments, spot, parent)):
                outbox.put(transaction, now, draft)
        self.postman.wake(spot.channel)
