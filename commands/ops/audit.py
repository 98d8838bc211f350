"""The audit log: append-only, each entry chained to the one before by its hash."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from commands.ops.roles import Caller

FIRST = "0" * 32


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `kind` is what happened (`asked`, `approved`, `intent`, `result` …), `data` the particulars."""

    seq: int
    at: str
    kind: str
    caller: Mapping[str, str]
    plan: str | None
    data: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain breaks, and how."""

    seq: int
    why: str


def append(
    transaction: sqlite3.Connection,
    at: datetime,
    kind: str,
    caller: Caller,
    plan: str | None = None,
    **data: Any,
) -> str:
    """Write one entry into an open transaction; returns its hash, the new head of the chain."""
    row = transaction.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    seq, previous = (row["seq"] + 1, row["hash"]) if row else (1, FIRST)
    entry = Entry(seq, at.isoformat(), kind, asdict(caller), plan, data, previous, "")
    digest = _hash(entry)
    transaction.execute(
        "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            seq,
            entry.at,
            kind,
            json.dumps(entry.caller),
            plan,
            json.dumps(data, sort_keys=True),
            previous,
            digest,
        ),
    )
    return digest


def entries(connection: sqlite3.Connection, plan: str | None = None, last: int = -1) -> list[Entry]:
    """The newest `last` entries (all if negative), of one plan or of all, oldest first."""
    where, values = ("WHERE plan = ?", (plan, last)) if plan else ("", (last,))
    rows = connection.execute(f"SELECT * FROM audit {where} ORDER BY seq DESC LIMIT ?", values)  # noqa: S608 - our own text
    return [_entry(row) for row in rows][::-1]


def broken(connection: sqlite3.Connection, head: str | None = None) -> Break | None:
    """The first place where the chain breaks; none if it is whole.

    head: a hash that was told somewhere else before; where no entry has it, the tail was cut or rewritten.
    """
    previous, expected, heads = FIRST, 1, {FIRST}
    for entry in _all(connection):
        if entry.seq != expected:
            return Break(expected, f"entry {expected} is missing")
        if entry.previous != previous:
            return Break(entry.seq, f"entry {entry.seq} does not follow the one before it")
        if entry.hash != _hash(entry):
            return Break(entry.seq, f"entry {entry.seq} was changed")
        previous, expected = entry.hash, expected + 1
        heads.add(previous)
    if head and head not in heads:
        return Break(expected, f"an entry that was told elsewhere ({head[:8]}…) is gone: the tail was cut")
    return None


def head(connection: sqlite3.Connection) -> str:
    """The hash of the newest entry."""
    row = connection.execute("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return str(row["hash"]) if row else FIRST


def _all(connection: sqlite3.Connection) -> Iterator[Entry]:
    return (_entry(row) for row in connection.execute("SELECT * FROM audit ORDER BY seq"))


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        row["seq"],
        row["at"],
        row["kind"],
        json.loads(row["caller"]),
        row["plan"],
        json.loads(row["data"]),
        row["previous"],
        row["hash"],
    )


def _hash(entry: Entry) -> str:
    content = {name: value for name, value in asdict(entry).items() if name != "hash"}
    return hashlib.blake2b(json.dumps(content, sort_keys=True).encode(), digest_size=16).hexdigest()
