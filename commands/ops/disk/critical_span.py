"""When the disk was critical: from the first look that saw it so to the one that saw it better, kept as events."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from commands.ops import events

SUBJECT = "batch disk"
BEGAN, ENDED = "critical began", "critical ended"


@dataclass(frozen=True, slots=True)
class Span:
    """begin: the look that first saw it. end: None while it still is critical."""

    begin: datetime
    end: datetime | None


def newest(connection: sqlite3.Connection) -> Span | None:
    """The last time that the disk was critical; None where nobody has seen it so."""
    began = events.newest(connection, SUBJECT, (BEGAN,))
    if began is None:
        return None
    ended = events.newest(connection, SUBJECT, (ENDED,))
    begin = datetime.fromisoformat(str(began.data["since"]))
    return Span(begin, ended.at if ended and ended.seq > began.seq else None)


def stands(connection: sqlite3.Connection) -> bool:
    """Whether the disk is known to be critical."""
    found = newest(connection)
    return found is not None and found.end is None


def begin(transaction: sqlite3.Connection, at: datetime, since: datetime) -> None:
    """It is critical, and was first seen so at `since`; in an open transaction."""
    events.append(transaction, at, SUBJECT, BEGAN, {"since": since.isoformat()})


def end(transaction: sqlite3.Connection, at: datetime) -> None:
    """It is not critical any more; in an open transaction."""
    events.append(transaction, at, SUBJECT, ENDED)
