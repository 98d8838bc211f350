"""Messages that show a subject follow the journal's events."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.follow import EVERY, Follower
from bot.outbox import Outbox
from bot.run import Running
from bot.store import Store
from bot.workspace.driver import Driver
from commands.demo_host import host
from commands.ops import events
from commands.ops.house import House
from tests.clocks import MovedClock
from tests.commands.conftest import house_of, settings_of

STATUS = "batch status --batch 001"


def _happens(house: House, subject: str = STATUS) -> None:
    with house.journal.write() as transaction:
        events.append(transaction, datetime.now(UTC), subject, "changed")


async def test_an_event_from_another_process_edits_the_message(
    workspace: Driver, bot: Running, demo_host: Path
) -> None:
    await workspace.person("Omar").slash(f"/{STATUS}")
    summary = await workspace.wait_for("Batch 001 is at rest")
    await workspace.wait_for("Batch 001 by status", thread=summary)
    host.break_host(demo_host, "crash")
    terminal = house_of(settings_of(demo_host, bot.house.settings.state))
    _happens(terminal)
    terminal.journal.close()
    changed = await workspace.wait_for("25 sites in progress with 3 agents")
    assert changed.ts == summary.ts
    assert "Omar Haddad asked" in changed.text
    assert len(workspace.messages("#batch-ops")) == 2


async def test_an_event_that_changes_nothing_edits_nothing(workspace: Driver, bot: Running) -> None:
    await workspace.person("Omar").slash("/batch version")
    summary = await workspace.wait_for("Wavewarden 0.")
    _happens(bot.house, "batch version")
    await workspace.person("Omar").slash(f"/{STATUS}")
    await workspace.wait_for("Batch 001 by status")
    assert "edited" not in summary.json


class Shown:
    """A follower with one message that shows a status, and nothing that sends."""

    def __init__(self, root: Path, state: Path) -> None:
        self.clock = MovedClock()
        settings = settings_of(root, state)
        self.house = house_of(settings, self.clock)
        self.store = Store(state)
        self.woken: list[str] = []
        self.follower = Follower(self.house, self.store, self)  # type: ignore[arg-type]
        with self.store.write() as transaction:
            transaction.execute(
                "INSERT INTO places VALUES (?, 0, 'C0OPS', '1.0', '', '1.0', 'old', ?)",
                (STATUS, '{"id": "U0OMAR", "name": "Omar", "face": "slack"}'),
            )

    def wake(self, channel: str) -> None:
        self.woken.append(channel)

    def sent(self) -> str | None:
        """What waits is sent; the method of its first call."""
        outbox = Outbox(self.store)
        methods = []
        while entry := outbox.next("C0OPS"):
            methods.append(entry.draft.method)
            outbox.sent(entry, f"1.{len(methods) - 1}")
        return methods[0] if methods else None

    def close(self) -> None:
        self.house.journal.close()
        self.store.close()


@pytest.fixture
def shown(demo_host: Path, tmp_path: Path) -> Shown:
    return Shown(demo_host, tmp_path / "state")


def test_a_message_is_edited_once_in_three_seconds_at_most(shown: Shown, demo_host: Path) -> None:
    _happens(shown.house)
    shown.follower.tick()
    assert shown.sent() == "chat.update"
    (demo_host / ".smbatcher/HOLD").touch()
    _happens(shown.house)
    shown.follower.tick()
    assert shown.sent() is None, "too soon"
    shown.clock.move(EVERY)
    shown.follower.tick()
    assert shown.sent() == "chat.update"
    shown.close()


def test_a_message_is_left_alone_when_its_asker_has_lost_their_role(shown: Shown) -> None:
    with shown.store.write() as transaction:
        transaction.execute("UPDATE places SET caller = replace(caller, 'U0OMAR', 'U0NICO')")
    _happens(shown.house)
    shown.follower.tick()
    assert shown.sent() is None
    shown.close()


def test_the_events_of_before_the_first_start_are_not_followed(shown: Shown) -> None:
    _happens(shown.house)
    shown.follower.start()
    shown.follower.tick()
    assert shown.woken == []
    shown.close()


def test_the_events_of_while_the_bot_was_away_are_followed(shown: Shown) -> None:
    shown.follower.start()
    _happens(shown.house)
    again = Follower(shown.house, shown.store, shown)  # type: ignore[arg-type]
    again.start()
    again.tick()
    assert shown.woken == ["C0OPS"]
    shown.close()
