"""The audit log: append-only, each entry chained to the one before by its hash."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from commands.ops.roles import Caller

FIRST = "0" * 32
SHOWN = 16  # characters of a hash, where people read it
NOTHING_TOLD: Mapping[int, str] = MappingProxyType({})


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


def broken(connection: sqlite3.Connection, told: Mapping[int, str] = NOTHING_TOLD) -> Break | None:
    """The first place where the chain breaks; none if it is whole.

    told: hashes by number that were told somewhere else before; a chain alone does not show that its tail is gone.
    """
    previous, expected = FIRST, 1
    for entry in _all(connection):
        if why := _wrong(entry, previous, expected, told.get(expected)):
            return Break(expected, why)
        previous, expected = entry.hash, expected + 1
    if gone := [seq for seq in told if seq >= expected]:
        return Break(
            expected,
            f"entry {expected} is missing: {max(gone)} were there when it was told last, so the tail was cut",
        )
    return None


def newest(connection: sqlite3.Connection, plan: str | None = None) -> Entry | None:
    """The newest entry, of one plan or of all."""
    found = entries(connection, plan, 1)
    return found[0] if found else None


def _wrong(entry: Entry, previous: str, expected: int, told: str | None) -> str:
    """What is wrong with the entry that should have this number and follow that hash; empty if nothing."""
    if entry.seq != expected:
        return f"entry {expected} is missing"
    if entry.previous != previous:
        return f"entry {entry.seq} does not follow the one before it"
    if entry.hash != _hash(entry):
        return f"entry {entry.seq} was changed"
    if told and told != entry.hash:
        return (
            f"entry {entry.seq} is not the one that was told before ({told[:SHOWN]}): the log was rewritten"
        )
    return ""


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
