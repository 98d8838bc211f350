"""The audit log: whoever edits, cuts or reorders it, with the triggers dropped, leaves a trace."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.ops import audit
from commands.ops.checks.audit import check_audit
from commands.ops.journal import Journal
from commands.ops.roles import Caller

OMAR = Caller("U0OMAR", "Omar", "slack")
AT = datetime(2026, 11, 22, 3, 12, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """A journal with ten audit entries."""
    journal = Journal(tmp_path)
    with journal.write() as transaction:
        for number in range(1, 11):
            audit.append(transaction, AT, "asked", OMAR, "P-7K2Q", line=f"line {number}")
    yield journal
    journal.close()


def _attack(journal: Journal, *statements: str) -> None:
    """Write past Wavewarden, with plain SQLite."""
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as connection:
        for trigger in ("audit_is_not_changed", "audit_is_not_cut"):
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)


def _why(journal: Journal, *told: audit.Entry) -> str | None:
    broken = audit.broken(journal.connection(), {entry.seq: entry.hash for entry in told})
    return broken.why if broken else None


def _newest(journal: Journal) -> audit.Entry:
    entry = audit.newest(journal.connection())
    assert entry is not None
    return entry


def test_an_untouched_log_is_whole(journal: Journal) -> None:
    assert _why(journal, _newest(journal)) is None
    assert check_audit(journal, {}).state == "ok"


@pytest.mark.parametrize("statement", ["UPDATE audit SET kind = 'x'", "DELETE FROM audit"])
def test_the_database_itself_refuses_to_change_or_cut_it(journal: Journal, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        journal.connection().execute(statement)


@pytest.mark.parametrize(
    ("statements", "why"),
    [
        (["UPDATE audit SET kind = 'declined' WHERE seq = 4"], "entry 4 was changed"),
        (["UPDATE audit SET caller = replace(caller, 'Omar', 'Vera') WHERE seq = 7"], "entry 7 was changed"),
        (["UPDATE audit SET data = '{}' WHERE seq = 10"], "entry 10 was changed"),
        (["UPDATE audit SET plan = NULL WHERE seq = 1"], "entry 1 was changed"),
        (["DELETE FROM audit WHERE seq = 5"], "entry 5 is missing"),
        (["DELETE FROM audit WHERE seq = 1"], "entry 1 is missing"),
        (
            ["DELETE FROM audit WHERE seq = 5", "UPDATE audit SET seq = seq - 1 WHERE seq > 5"],
            "entry 5 does not follow the one before it",
        ),
        (
            [
                "UPDATE audit SET seq = 0 WHERE seq = 3",
                "UPDATE audit SET seq = 3 WHERE seq = 4",
                "UPDATE audit SET seq = 4 WHERE seq = 0",
            ],
            "entry 3 does not follow the one before it",
        ),
    ],
)
def test_what_was_edited_cut_or_reordered_is_named(journal: Journal, statements: list[str], why: str) -> None:
    _attack(journal, *statements)
    assert _why(journal) == why
    check = check_audit(journal, {})
    assert (check.state, check.found) == ("trouble", f"broken: {why}")


def test_a_cut_tail_shows_by_what_was_told_elsewhere(journal: Journal) -> None:
    head = _newest(journal)
    _attack(journal, "DELETE FROM audit WHERE seq > 8")
    assert _why(journal) is None, "the chain alone cannot show it"
    assert (
        _why(journal, head) == "entry 9 is missing: 10 were there when it was told last, so the tail was cut"
    )


def test_a_tail_that_was_cut_and_written_anew_shows_too(journal: Journal) -> None:
    head = _newest(journal)
    _attack(journal, "DELETE FROM audit WHERE seq > 8")
    with journal.write() as transaction:
        for _ in range(4):
            audit.append(transaction, AT, "asked", OMAR, "P-7K2Q", line="another")
    assert _why(journal) is None
    said = f"entry 10 is not the one that was told before ({head.hash[:16]}): the log was rewritten"
    assert _why(journal, head) == said


def test_a_log_that_was_emptied_shows(journal: Journal) -> None:
    head = _newest(journal)
    _attack(journal, "DELETE FROM audit")
    assert (
        _why(journal, head) == "entry 1 is missing: 10 were there when it was told last, so the tail was cut"
    )


def test_a_row_that_is_no_json_any_more_is_trouble_and_no_crash(journal: Journal) -> None:
    _attack(journal, "UPDATE audit SET data = 'x' WHERE seq = 2")
    assert check_audit(journal, {}).state == "trouble"
