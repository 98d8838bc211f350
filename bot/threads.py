"""Threads: in which thread each incident is told, and where a reply goes by that."""

from dataclasses import dataclass, replace

from bot.outbox import Draft
from bot.store import Store

DIRECT = "D"  # how a direct conversation's id begins: nobody else can read it


@dataclass(frozen=True, slots=True)
class Thread:
    """An incident's thread. head: the outbox number of its first message. ts: of that, empty until Slack has it."""

    incident: str
    channel: str
    head: int
    ts: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a reply goes.

    thread_ts: the thread it stands in, if that is known. thread: the outbox number of that thread's first message,
    where it may not be sent yet. begins: the incident whose first message it is.
    """

    channel: str
    thread_ts: str | None = None
    thread: int | None = None
    begins: str | None = None

    def placed(self, draft: Draft) -> Draft:
        """The draft of a new message, put there."""
        body = {**draft.body, "thread_ts": self.thread_ts} if self.thread_ts else draft.body
        return replace(draft, channel=self.channel, body=body, thread=self.thread, begins=self.begins)


class Threads:
    """The threads of incidents."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, incident: str) -> Thread | None:
        """The thread in which it is told, if it has one yet."""
        query = "SELECT incident, channel, head, ts FROM threads WHERE incident = ?"
        row = self._store.connection().execute(query, (incident,)).fetchone()
        return Thread(*row) if row else None

    def at(self, channel: str, thread_ts: str | None) -> str | None:
        """The incident that is told in this thread."""
        query = "SELECT incident FROM threads WHERE channel = ? AND ts = ?"
        row = self._store.connection().execute(query, (channel, thread_ts or "")).fetchone()
        return str(row["incident"]) if row and thread_ts else None

    def spot(self, incident: str | None, channel: str, thread_ts: str | None) -> Spot:
        """In the incident's thread; where it has none, a new message in a channel begins it."""
        known = self.of(incident) if incident else None
        if known:
            return Spot(known.channel, known.ts or None, known.head)
        begins = None if thread_ts or channel.startswith(DIRECT) else incident
        return Spot(channel, thread_ts, begins=begins)
