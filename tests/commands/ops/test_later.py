"""Later: due once, done once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from commands.ops import later
from commands.ops.journal import Journal
from tests.commands.conftest import ASHA, OMAR

AT = datetime(2026, 11, 22, 3, 12, tzinfo=UTC)


def test_what_is_due_comes_in_its_order_and_is_done_by_one(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with journal.write() as transaction:
        second = later.put(transaction, AT + timedelta(minutes=2), "batch wave 2", "batch wave 2", OMAR)
        first = later.put(transaction, AT + timedelta(minutes=1), "batch wave 1", "batch wave 1", ASHA)
    assert later.due(journal.connection(), AT) == ()
    found = later.due(journal.connection(), AT + timedelta(minutes=5))
    assert [one.id for one in found] == [first, second]
    assert found[0].caller == ASHA
    with journal.write() as transaction:
        assert later.done(transaction, first, AT)
        assert not later.done(transaction, first, AT), "a second bot comes too late"
    assert [one.id for one in later.due(journal.connection(), AT + timedelta(minutes=5))] == [second]
    journal.close()


def test_only_the_callers_own_lines_are_withdrawn(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with journal.write() as transaction:
        for caller, line in (
            (OMAR, "batch wave 2 --since x"),
            (ASHA, "batch wave 2 --since y"),
            (OMAR, "dedupe"),
        ):
            later.put(transaction, AT, line, line, caller)
        later.withdraw(transaction, "batch wave 2 --since ", OMAR)
    assert [(one.caller, one.line) for one in later.due(journal.connection(), AT)] == [
        (ASHA, "batch wave 2 --since y"),
        (OMAR, "dedupe"),
    ]
    journal.close()
