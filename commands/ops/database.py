"""A SQLite database that is whole after any crash: write-ahead log, full sync, a connection a thread."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from commands.ops.errors import NotReadable

BUSY_SECONDS = 5.0
WAL_TRIES = 100
CHECKPOINT_PAGES = (
    16  # of 4 KiB: the log starts anew early, and stays small where the disk is full (`reserve`)
)
CACHE_KIB = 256  # of each thread's connection, for SQLite's 2,000 fill up and stay; the kernel keeps the pages as well


class Database:
    """A SQLite file in WAL mode: a connection a thread, every write `BEGIN IMMEDIATE`.

    A deferred transaction that writes after another writer committed fails with SQLITE_BUSY_SNAPSHOT,
    which no waiting heals: https://www.sqlite.org/isolation.html
    """

    def __init__(self, path: Path, steps: tuple[str, ...]) -> None:
        self.path = path
        self._steps = steps
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: list[sqlite3.Connection] = []

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: committed at the end of the block, rolled back where it raises."""
        connection = self.connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def connection(self) -> sqlite3.Connection:
        """This thread's connection; reads need no more than it.

        Raises:
            NotReadable: the file or its directory cannot be used.
        """
        existing: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if existing is None:
            existing = self._local.connection = self._connect()
        return existing

    def close(self) -> None:
        """Close every thread's connection; call it when those threads have ended."""
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()
            self._local = threading.local()

    def _connect(self) -> sqlite3.Connection:
        """One thread at a time: SQLite does not wait for a lock while it changes the journal mode."""
        with self._lock:
            connection = self._opened()
            self._open.append(connection)
        return connection

    def _opened(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            connection = sqlite3.connect(
                self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                self._prepare(connection)
            except BaseException:
                connection.close()  # with the lock that it may hold
                raise
        except (OSError, sqlite3.Error) as error:
            raise NotReadable(f"The state directory {self.path.parent} cannot be used: {error}.") from None
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        _use_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute("PRAGMA foreign_keys = ON")
        self._migrate(connection)

    def _migrate(self, connection: sqlite3.Connection) -> None:
        if _version(connection) == len(self._steps):
            return
        connection.execute("BEGIN IMMEDIATE")  # two processes may start at once
        version = _version(connection)
        if version > len(self._steps):
            raise sqlite3.DatabaseError(f"{self.path.name} was written by a later version of Wavewarden")
        for step in self._steps[version:]:
            for statement in filter(str.strip, step.split(";")):
                connection.execute(statement.replace("!", ";"))  # within a trigger
        connection.execute(f"PRAGMA user_version = {len(self._steps)}")
        connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL, once; another process that does so at the same moment is waited for, which SQLite does not do.

    Raises:
        sqlite3.OperationalError: it stays locked.
    """
    for left in range(WAL_TRIES, -1, -1):
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if not left:
                raise
            time.sleep(BUSY_SECONDS / WAL_TRIES)
        else:
            return
