"""Posts the head of the audit log once a day, so that whoever cuts the log would have to cut the channel too."""

from dataclasses import dataclass

from bot import outbox, told
from bot.outbox import Draft
from bot.service import Postman
from bot.store import Store
from commands.ops import audit
from commands.ops.audit import Entry
from commands.ops.house import House
from commands.wording.figures import count

CURSOR = "audit head"  # the day of the last look, as an ordinal


@dataclass(frozen=True, slots=True)
class AuditHead:
    """One round is one call of `tick`, in a thread. `channel` is `WAVEWARDEN_CHANNEL`."""

    house: House
    store: Store
    postman: Postman
    channel: str

    def tick(self) -> None:
        """Once a day, not on the very first: look at the chain, and tell what is new or wrong."""
        now, last = self.house.clock.now(), self.store.cursor(CURSOR)
        if last == (today := now.date().toordinal()):
            return
        connection, known = self.house.journal.connection(), told.all_told(self.store.connection())
        entry, broken = audit.newest(connection), audit.broken(connection, known)
        news = broken or (entry and entry.seq not in known)
        with self.store.write() as transaction:
            self.store.move_cursor(transaction, CURSOR, today)
            told.note(transaction, entry)
            if last and news:
                draft = Draft("chat.postMessage", self.channel, {"text": _words(entry, broken)})
                outbox.put(transaction, now, draft)
        self.postman.wake(self.channel)


def _words(entry: Entry | None, broken: audit.Break | None) -> str:
    if broken or entry is None:
        why = broken.why if broken else "it is empty"
        return f":red_circle: The audit log is broken: {why}. “wavewarden check” says more."
    return f"The audit log has {count(entry.seq, 'entry', 'entries')}; the newest is {entry.hash[: audit.SHOWN]}."
