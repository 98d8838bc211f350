"""The head of the audit log is told in the channel once a day."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import told
from bot.audit_head import AuditHead
from bot.outbox import Outbox
from bot.store import Store
from commands.ops import audit
from commands.ops.house import House
from tests.clocks import MovedClock
from tests.commands.conftest import OMAR, house_of, settings_of

DAY = 86_400


class Telling:
    """A journal, the bot's database, and nothing that sends."""

    def __init__(self, tmp_path: Path) -> None:
        self.clock = MovedClock()
        self.house: House = house_of(settings_of(tmp_path, tmp_path / "state"), self.clock)
        self.store = Store(tmp_path / "state")
        self.head = AuditHead(self.house, self.store, self, "C0OPS")  # type: ignore[arg-type]

    def wake(self, channel: str) -> None:
        """Nothing to wake."""

    def happens(self) -> None:
        with self.house.journal.write() as transaction:
            audit.append(transaction, self.clock.now(), "asked", OMAR)

    def said(self) -> list[str]:
        """What a day later has been said, and nothing again until the next."""
        self.clock.move(DAY)
        self.head.tick()
        self.head.tick()
        outbox, said = Outbox(self.store), []
        while entry := outbox.next("C0OPS"):
            said.append(str(entry.draft.body["text"]))
            outbox.sent(entry, "1.0")
        return said


@pytest.fixture
def telling(tmp_path: Path) -> Iterator[Telling]:
    telling = Telling(tmp_path)
    telling.head.tick()
    yield telling
    telling.house.journal.close()
    telling.store.close()


def test_a_new_head_is_told_once(telling: Telling) -> None:
    telling.happens()
    (line,) = telling.said()
    assert (
        line
        == f"The audit log has 1 entry; the newest is {audit.head(telling.house.journal.connection())[:16]}."
    )
    assert told.read_told(telling.house.settings.state) == {1: audit.head(telling.house.journal.connection())}
    assert telling.said() == []


def test_nothing_written_is_nothing_said(telling: Telling) -> None:
    assert telling.said() == []


def test_a_log_that_was_cut_is_told_loudly_every_day(telling: Telling) -> None:
    telling.happens()
    telling.said()
    connection = telling.house.journal.connection()
    connection.execute("DROP TRIGGER audit_is_not_cut")
    connection.execute("DELETE FROM audit")
    for _ in range(2):
        (line,) = telling.said()
        assert "The audit log is broken: entry 1 is missing: 1 were there when it was told last" in line
