"""The outbox: what is to be posted, kept until Slack has it."""

import json
import sqlite3
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Literal

from bot.places import Place, forget, save
from bot.render.escape import code
from bot.store import Store
from commands.ops import reserve

Method = Literal["chat.postMessage", "chat.update", "chat.delete", "files.completeUploadExternal"]
UPLOAD: Method = "files.completeUploadExternal"  # the last of the three calls that share a file
REMEDIES = {"missing_scope": "; whoever runs me can give the app the scope files:write and install it again"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A call to come. `body` is its arguments; `place` is remembered once it is sent.

    parent: the draft of the summary that this one belongs to; sent after it, and in its thread where the body
    names no other.
    fallback: a `response_url` and what to say there if the channel is closed to us.
    thread: the draft of the first message of the thread it stands in. begins: the incident whose thread it begins.
    content: of a file, whose `body` is its `filename` and `title`.
    """

    method: Method
    channel: str
    body: dict[str, Any]
    parent: int | None = None
    place: Place | None = None
    fallback: dict[str, Any] | None = None
    thread: int | None = None
    begins: str | None = None
    content: str | None = None

    def below(self, parent: int) -> "Draft":
        """The same, as a part of an earlier draft's message."""
        return replace(self, parent=parent)

    def without_file(self, why: str) -> "Draft":
        """What is said in the place of a file that will never be there."""
        said = f"The file {code(self.body['filename'])} could not be attached: {why}{REMEDIES.get(why, '')}."
        where = {name: value for name, value in self.body.items() if name == "thread_ts"}
        return replace(self, method="chat.postMessage", body={"text": said, **where}, content=None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A draft in the outbox.

    head: its parent's message, once that is sent. above: the first message of its thread, likewise.
    file: what Slack calls an uploaded file, from the moment when it may have been shared.
    """

    id: int
    at: datetime
    draft: Draft
    head: str | None
    above: str | None = None
    file: str | None = None

    @property
    def thread_ts(self) -> str | None:
        """The thread that a new message stands in."""
        return self.draft.body.get("thread_ts") or self.above or self.head


def put(transaction: sqlite3.Connection, at: datetime, draft: Draft) -> int:
    """Write a draft into an open transaction; an edit replaces the waiting edits of the same message.

    A file that would take the room that is kept for plans and audit is left out, and that is said in its place.
    """
    if draft.content and not reserve.leaves_room(transaction, len(draft.content)):
        draft = draft.without_file("there is no room for it where I keep what is to be sent")
    if draft.method == "chat.update":
        transaction.execute(
            "DELETE FROM outbox WHERE state = 'waiting' AND method = 'chat.update' AND channel = ?"
            " AND json_extract(body, '$.ts') = ?",
            (draft.channel, draft.body["ts"]),
        )
    cursor = transaction.execute(
        "INSERT INTO outbox (at, method, channel, body, parent, place, fallback, thread, begins, content)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            at.isoformat(),
            draft.method,
            draft.channel,
            json.dumps(draft.body),
            draft.parent,
            json.dumps(asdict(draft.place)) if draft.place else None,
            json.dumps(draft.fallback) if draft.fallback else None,
            draft.thread,
            draft.begins,
            draft.content,
        ),
    )
    made = int(cursor.lastrowid or 0)
    if draft.begins:
        transaction.execute(
            "INSERT OR IGNORE INTO threads (incident, channel, head, ts) VALUES (?, ?, ?, '')",
            (draft.begins, draft.channel, made),
        )
    return made


class Outbox:
    """The waiting drafts, oldest first."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def channels(self) -> set[str]:
        """Where something waits."""
        rows = self._store.connection().execute("SELECT DISTINCT channel FROM outbox WHERE state = 'waiting'")
        return {row["channel"] for row in rows}

    def last(self) -> int:
        """The number of the newest draft; 0 where there is none."""
        row = self._store.connection().execute("SELECT coalesce(max(id), 0) FROM outbox").fetchone()
        return int(row[0])

    def next(self, channel: str) -> Entry | None:
        """The oldest message or edit that waits for this channel."""
        return self._oldest("o.channel = ? AND o.method <> ?", channel, UPLOAD)

    def next_file(self, channel: str) -> Entry | None:
        """The oldest file that waits for this channel, and whose message is there."""
        above = "SELECT 1 FROM outbox a WHERE a.id IN (o.parent, o.thread) AND a.state = 'waiting'"
        return self._oldest(f"o.channel = ? AND o.method = ? AND NOT EXISTS ({above})", channel, UPLOAD)

    def uploaded(self, entry: Entry, file: str) -> None:
        """Its bytes are with Slack under this name, and it is about to be shared."""
        with self._store.write() as transaction:
            transaction.execute("UPDATE outbox SET file = ? WHERE id = ?", (file, entry.id))

    def sent(self, entry: Entry, ts: str | None) -> None:
        """Slack has it: remember where it stands, and drop what nobody needs any more."""
        with self._store.write() as transaction:
            transaction.execute(
                "UPDATE outbox SET state = 'sent', ts = ?, content = NULL WHERE id = ?", (ts, entry.id)
            )
            transaction.execute(
                "DELETE FROM outbox WHERE state = 'sent' AND id < ? - 1000"
                " AND id NOT IN (SELECT parent FROM outbox WHERE state = 'waiting' AND parent IS NOT NULL)",
                (entry.id,),
            )
            draft = entry.draft
            if draft.begins and ts:
                transaction.execute("UPDATE threads SET ts = ? WHERE head = ?", (ts, entry.id))
            if draft.method == "chat.delete":
                forget(transaction, draft.channel, draft.body["ts"])
            elif draft.place and ts:
                save(transaction, _placed(entry, draft.place, ts))

    def failed(self, entry: Entry, error: str, instead: Draft | None = None) -> None:
        """It will never be sent, and neither will its replies; `instead` is said in its place."""
        with self._store.write() as transaction:
            transaction.execute(
                "UPDATE outbox SET state = 'failed', error = ?, content = NULL WHERE id = ? OR parent = ?",
                (error, entry.id, entry.id),
            )
            transaction.execute("DELETE FROM threads WHERE head = ? AND ts = ''", (entry.id,))
            if entry.draft.method in ("chat.update", "chat.delete"):
                forget(transaction, entry.draft.channel, entry.draft.body["ts"])
            if instead:
                put(transaction, entry.at, instead)

    def _oldest(self, where: str, *values: str) -> Entry | None:
        query = (
            "SELECT o.*, p.ts AS parent_ts, t.ts AS above FROM outbox o LEFT JOIN outbox p ON p.id = o.parent"  # noqa: S608 - our own text
            " LEFT JOIN threads t ON t.head = o.thread AND t.ts <> ''"
            f" WHERE o.state = 'waiting' AND {where} ORDER BY o.id LIMIT 1"
        )
        row = self._store.connection().execute(query, values).fetchone()
        return _entry(row) if row else None


def _entry(row: sqlite3.Row) -> Entry:
    place = Place(**json.loads(row["place"])) if row["place"] else None
    fallback = json.loads(row["fallback"]) if row["fallback"] else None
    draft = Draft(
        method=row["method"],
        channel=row["channel"],
        body=json.loads(row["body"]),
        parent=row["parent"],
        place=place,
        fallback=fallback,
        thread=row["thread"],
        begins=row["begins"],
        content=row["content"],
    )
    return Entry(
        row["id"], datetime.fromisoformat(row["at"]), draft, row["parent_ts"], row["above"], row["file"]
    )


def _placed(entry: Entry, place: Place, ts: str) -> Place:
    """The place as it turned out: an edit stays where it was, a new message stands where Slack put it."""
    if entry.draft.method == "chat.update":
        return place
    return replace(place, ts=ts, thread_ts=entry.thread_ts or "", head=place.head or entry.head or ts)
