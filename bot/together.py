"""The drafts of one answer, put into the outbox each in its place: in the thread of the first, or where that stands."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot import outbox
from bot.outbox import Draft
from bot.places import SUMMARY


def put_together(transaction: sqlite3.Connection, at: datetime, drafts: Sequence[Draft]) -> None:
    """The first begins, or stands in, a thread; what follows stands in the same, evidence with its summary."""
    first = summary = None
    for draft in drafts:
        shows = draft.place is not None and draft.place.part == SUMMARY
        if first is not None:
            thread = draft.thread or (first if shows or summary != first else None)
            draft = replace(draft, thread=thread, parent=None if shows else summary, begins=None)  # noqa: PLW2901 - the same, in its place
        made = outbox.put(transaction, at, draft)
        first = first or made
        summary = made if shows else summary or made
