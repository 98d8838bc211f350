"""The escalator: follows the escalations, has their posts and words sent, and looks whether a post has arrived."""

from dataclasses import dataclass, field

from bot import outbox
from bot.escalation_news import NEWS, POSTED_BY, EscalationNews, shown_as
from bot.outbox import Outbox
from bot.service import Postman
from bot.together import put_together
from commands.ops import events
from commands.ops.events import Event
from commands.ops.incidents import escalations
from commands.ops.incidents.escalations import Escalation

CURSOR = "escalator"
NOT_SET = "no channel is set: WAVEWARDEN_ESCALATION_CHANNEL"


@dataclass(slots=True)
class Escalator:
    """One round is one call of `tick`, in the follower's thread."""

    news: EscalationNews
    postman: Postman
    _outbox: Outbox = field(init=False)

    def __post_init__(self) -> None:
        self._outbox = Outbox(self.news.store)

    def start(self) -> None:
        """Begin with the first event there is: what was escalated before the bot ever ran goes out, too."""
        self.news.store.start_cursor(CURSOR, 0)

    def tick(self) -> None:
        """Tell what is new, and look which posts have arrived."""
        store, connection = self.news.store, self.news.house.journal.connection()
        new = events.since(connection, store.cursor(CURSOR) or 0)
        for event in new:
            if event.kind in NEWS:
                self._tell(event)
        if new:
            with store.write() as transaction:
                store.move_cursor(transaction, CURSOR, new[-1].seq)
        for known in escalations.all_open(connection):
            if known.posted_at is None and not known.problem:
                self._look_after(known)

    def _tell(self, event: Event) -> None:
        """The posts and the cursor are committed together: told once, whatever happens."""
        house, store = self.news.house, self.news.store
        known = escalations.get(house.journal.connection(), event.subject.split()[-1])
        drafts, now = NEWS[event.kind](self.news, known, event), house.clock.now()
        with store.write() as transaction:
            if event.kind == POSTED_BY:
                put_together(transaction, now, drafts)
            else:  # in several places: each stands by itself
                for draft in drafts:
                    outbox.put(transaction, now, draft)
            store.move_cursor(transaction, CURSOR, event.seq)
        for draft in drafts:
            self.postman.wake(draft.channel)

    def _look_after(self, known: Escalation) -> None:
        """Write down that its post has arrived, or why it has not."""
        house = self.news.house
        now, place = house.clock.now(), self.news.post(known)
        error = self._outbox.refused(shown_as(known)) if self.news.where else NOT_SET
        if place is None and error is None:
            return
        with house.journal.write() as transaction:
            if place:
                escalations.posted(transaction, known, now)
            else:
                escalations.not_posted(transaction, known, str(error), now)
