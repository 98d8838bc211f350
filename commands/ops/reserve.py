"""Room set aside inside a database's own files, so that plans and audit can be written where the disk is full.

Space that is freed outside goes to whoever writes first. Pages that the file has and does not use, and a log
(https://www.sqlite.org/wal.html) that was as large before and is written again from its beginning, are ours alone.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from commands.ops.database import Database

MOST_BYTES = 1024**2
SHARE = 8  # of a small file system at most so much: 1 MiB gets 128 KiB


def keep(database: Database) -> bool:
    """Set room aside, or top it up; costs two reads where it is there. Whether all of it is there now.

    To be called now and then by a process that stays: the log is deleted when the last one lets go of the database.

    Raises:
        NotReadable: the database cannot be used.
    """
    connection = database.connection()
    wanted = room(database)
    if _unused(connection) >= wanted and _log(database) >= wanted:
        return True
    try:
        with database.write() as transaction:
            transaction.execute("CREATE TABLE IF NOT EXISTS reserve (bytes BLOB) STRICT")
            transaction.execute("INSERT INTO reserve VALUES (zeroblob(?))", (wanted,))
        with database.write() as transaction:
            transaction.execute("DELETE FROM reserve")
        with closing(connection.execute("PRAGMA wal_checkpoint(PASSIVE)")) as done:
            done.fetchall()
    except sqlite3.OperationalError:
        return False  # it is full already: what there is has to do
    return _unused(connection) >= wanted


def leaves_room(connection: sqlite3.Connection, size: int) -> bool:
    """Whether so many bytes can be written to this database, and to its log first, and what is set aside stays."""
    path = Path(connection.execute("PRAGMA database_list").fetchone()["file"])
    there = os.statvfs(path.parent)
    return there.f_frsize * there.f_bavail > 2 * size + MOST_BYTES


def room(database: Database) -> int:
    """How many bytes are set aside: what is written in one go where the disk is full must fit into them."""
    there = os.statvfs(database.path.parent)
    return min(MOST_BYTES, there.f_frsize * there.f_blocks // SHARE)


def _unused(connection: sqlite3.Connection) -> int:
    """Bytes of pages that the file has and does not use."""
    pages, size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("freelist_count", "page_size")
    )
    return pages * size


def _log(database: Database) -> int:
    try:
        return database.path.with_name(f"{database.path.name}-wal").stat().st_size
    except FileNotFoundError:
        return 0
