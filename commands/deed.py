"""What was done at once, without a plan, is written down afterwards; what could not be written is said."""

import sqlite3
from typing import Any

from commands.line import Asked
from commands.ops import audit, events
from commands.ops.errors import NotReadable
from commands.ops.incidents import resources, timeline
from commands.ops.incidents.timeline import Entry


def written(asked: Asked, kind: str, subject: str = "launches", **data: Any) -> tuple[str, ...]:
    """Write a deed into the audit log, and let the messages follow; why it could not be, as a problem."""
    house, now = asked.house, asked.house.clock.now()
    try:
        with house.journal.write() as transaction:
            audit.append(transaction, now, kind, asked.ask.caller, None, **data)
            events.append(transaction, now, subject, kind)
            _onto_timelines(transaction, asked, kind)
    except (sqlite3.Error, NotReadable) as error:
        return (f"It could not be written into the audit log: {error}.",)
    return ()


def _onto_timelines(transaction: sqlite3.Connection, asked: Asked, kind: str) -> None:
    """Of the open incidents about what the line names; of all where it names nothing, as `batch stop` does."""
    line = " ".join(asked.ask.words)
    entry = Entry(asked.house.clock.now(), "run", asked.ask.caller, f"{kind}: {line}")
    timeline.add_about(transaction, resources.of_line(line) or None, entry)
