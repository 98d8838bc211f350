"""Mutes: until their end, or for good."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from commands.ops import events
from commands.ops.incidents import mutes
from commands.ops.incidents.mutes import Mute
from commands.ops.journal import Journal

AT = datetime(2026, 11, 22, 3, 12, tzinfo=UTC)


def test_a_mute_ends_when_it_should(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    until = AT + timedelta(hours=2)
    with journal.write() as transaction:
        mutes.put(transaction, Mute("disk", AT, until, "U0OMAR", "planned"), "muted")
        mutes.put(transaction, Mute("batch wave 2", AT, None, "U0OMAR", "lost"), "accepted")
    connection = journal.connection()
    assert mutes.of(connection, "disk", AT) == Mute("disk", AT, until, "U0OMAR", "planned")
    assert mutes.of(connection, "disk", until) is None
    assert mutes.of(connection, "batch wave 2", AT + timedelta(days=900))
    assert mutes.of(connection, "batch wave 3", AT) is None
    journal.close()


def test_a_mute_that_is_lifted_is_told_once(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with journal.write() as transaction:
        mutes.put(transaction, Mute("batch wave 2", AT, None, "U0OMAR", "lost"), "accepted")
        for _ in range(2):
            mutes.lift(transaction, "batch wave 2", AT)
    assert mutes.of(journal.connection(), "batch wave 2", AT) is None
    assert [event.kind for event in events.since(journal.connection(), 0)] == ["accepted", "unmuted"]
    journal.close()
