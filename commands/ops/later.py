"""Later: the one timer. A line that will be asked at its time, by who asked for it."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from commands.ops.house import House
from commands.ops.roles import Caller


@dataclass(frozen=True, slots=True)
class Later:
    """A line to come. `subject` is the line whose messages it belongs to."""

    id: int
    due: datetime
    line: str
    subject: str
    caller: Caller


def put(house: House, due: datetime, line: str, subject: str, caller: Caller) -> int:
    """Have a line asked at a time."""
    with house.journal.write() as transaction:
        cursor = transaction.execute(
            "INSERT INTO later (due, line, subject, caller) VALUES (?, ?, ?, ?)",
            (due.isoformat(), line, subject, json.dumps(asdict(caller))),
        )
    return int(cursor.lastrowid or 0)


def due(house: House, limit: int = 20) -> list[Later]:
    """What is due and not done, the oldest first."""
    rows = house.journal.connection().execute(
        "SELECT * FROM later WHERE done_at IS NULL AND due <= ? ORDER BY due, id LIMIT ?",
        (house.clock.now().isoformat(), limit),
    )
    return [
        Later(
            row["id"],
            datetime.fromisoformat(row["due"]),
            row["line"],
            row["subject"],
            Caller(**json.loads(row["caller"])),
        )
        for row in rows
    ]


def take(house: House, one: Later) -> bool:
    """Mark it done before it is asked, so that it is asked once at most; false if somebody else has."""
    with house.journal.write() as transaction:
        cursor = transaction.execute(
            "UPDATE later SET done_at = ? WHERE id = ? AND done_at IS NULL",
            (house.clock.now().isoformat(), one.id),
        )
    return cursor.rowcount == 1
