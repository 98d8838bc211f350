"""The journal: whole after any crash, writable from many threads and processes."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.ops import events
from commands.ops.database import Database
from commands.ops.errors import NotReadable
from commands.ops.journal import STEPS, Journal

AT = datetime(2026, 11, 22, 3, 12, tzinfo=UTC)

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from commands.ops import events
from commands.ops.journal import Journal
journal = Journal(Path(sys.argv[1]))
while True:
    with journal.write() as transaction:
        seq = events.append(transaction, datetime.now(UTC), "plan P-1", "approved")
    print(seq, flush=True)
"""


def test_events_come_back_in_order(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with journal.write() as transaction:
        first = events.append(transaction, AT, "plan P-1", "approved", {"by": "U0ASHA"})
        second = events.append(transaction, AT, "plan P-2", "declined")
    found = events.since(journal.connection(), 0)
    assert [(event.seq, event.subject, event.kind) for event in found] == [
        (first, "plan P-1", "approved"),
        (second, "plan P-2", "declined"),
    ]
    assert (found[0].at, found[0].data) == (AT, {"by": "U0ASHA"})
    assert events.since(journal.connection(), first) == found[1:]
    assert events.last(journal.connection()) == second
    journal.close()


def test_a_block_that_raises_leaves_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with pytest.raises(ZeroDivisionError), journal.write() as transaction:  # noqa: PT012
        events.append(transaction, AT, "plan P-1", "approved")
        raise ZeroDivisionError
    assert events.last(journal.connection()) == 0
    journal.close()


def test_many_threads_write_without_losing_any(tmp_path: Path) -> None:
    journal = Journal(tmp_path)

    def append(number: int) -> None:
        with journal.write() as transaction:
            events.append(transaction, AT, f"plan P-{number}", "approved")

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(append, range(160)))
    assert {event.subject for event in events.since(journal.connection(), 0)} == {
        f"plan P-{n}" for n in range(160)
    }
    journal.close()


def test_what_was_committed_survives_a_kill(tmp_path: Path) -> None:
    for _ in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout
            told = [int(writer.stdout.readline()) for _ in range(5)]
            writer.kill()
        journal = Journal(tmp_path)
        assert events.last(journal.connection()) >= told[-1]
        assert journal.connection().execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        journal.close()


def test_every_commit_is_synced(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    connection = journal.connection()
    assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    journal.close()


def test_a_later_version_is_not_touched(tmp_path: Path) -> None:
    newer = Database(tmp_path / "journal.db", (*STEPS, "CREATE TABLE more (x TEXT)"))
    newer.connection()
    newer.close()
    with pytest.raises(NotReadable, match="written by a later version"):
        Journal(tmp_path).connection()


def test_a_database_that_was_refused_is_not_left_locked(tmp_path: Path) -> None:
    newer = Database(tmp_path / "journal.db", (*STEPS, "CREATE TABLE more (x TEXT)"))
    newer.connection().execute("PRAGMA busy_timeout = 0")
    with pytest.raises(NotReadable) as refused:
        Journal(tmp_path).connection()
    with newer.write() as transaction:
        transaction.execute("INSERT INTO more VALUES ('x')")
    newer.close()
    assert refused.value.__traceback__, "which keeps what it came through alive"


def test_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    Journal(tmp_path).connection().close()
    newer = Database(tmp_path / "journal.db", (*STEPS, "CREATE TABLE more (x TEXT)"))
    newer.connection().execute("SELECT x FROM more")
    newer.close()


def test_a_state_directory_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotReadable, match=r"The state directory .*file cannot be used"):
        Journal(tmp_path / "file").connection()


def test_the_state_directory_is_ours_alone(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "state")
    journal.connection()
    assert (tmp_path / "state").stat().st_mode & 0o077 == 0
    journal.close()


def test_a_connection_keeps_a_quarter_of_a_mebibyte_of_pages_at_most(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with ThreadPoolExecutor(1) as pool:
        kept = pool.submit(lambda: journal.connection().execute("PRAGMA cache_size").fetchone()[0]).result()
    assert (kept, journal.connection().execute("PRAGMA cache_size").fetchone()[0]) == (-256, -256)
    journal.close()
