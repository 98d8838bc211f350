"""Later: lines that are asked by themselves when they are due; the one timer of the core."""

import json
import sqlite3
from dataclasses import asdict, dataclass
from datetime import datetime

from commands.ops.roles import Caller


@dataclass(frozen=True, slots=True)
class Later:
    """A line to ask at `due` for `caller`; `subject` is the thread it belongs to."""

    id: int
    due: datetime
    line: str
    subject: str
    caller: Caller


def put(transaction: sqlite3.Connection, due: datetime, line: str, subject: str, caller: Caller) -> int:
    """Ask a line later, in an open transaction; returns its number."""
    cursor = transaction.execute(
        "INSERT INTO later (due, line, subject, caller) VALUES (?, ?, ?, ?)",
        (due.isoformat(), line, subject, _who(caller)),
    )
    return int(cursor.lastrowid or 0)


def withdraw(transaction: sqlite3.Connection, beginning: str, caller: Caller) -> None:
    """Forget what this caller still waits for in lines that begin so, in an open transaction."""
    transaction.execute(
        "DELETE FROM later WHERE done_at IS NULL AND caller = ? AND substr(line, 1, length(?)) = ?",
        (_who(caller), beginning, beginning),
    )


def due(connection: sqlite3.Connection, now: datetime) -> tuple[Later, ...]:
    """What is due and not done, the longest overdue first."""
    rows = connection.execute(
        "SELECT * FROM later WHERE done_at IS NULL AND due <= ? ORDER BY due, id", (now.isoformat(),)
    )
    return tuple(
        Later(
            row["id"],
            datetime.fromisoformat(row["due"]),
            row["line"],
            row["subject"],
            Caller(**json.loads(row["caller"])),
        )
        for row in rows
    )


def done(transaction: sqlite3.Connection, number: int, now: datetime) -> bool:
    """Mark one as done, in an open transaction; false where somebody else had."""
    cursor = transaction.execute(
        "UPDATE later SET done_at = ? WHERE id = ? AND done_at IS NULL", (now.isoformat(), number)
    )
    return cursor.rowcount == 1


def _who(caller: Caller) -> str:
    return json.dumps(asdict(caller), sort_keys=True)
