"""Calling the approvers: the page command runs at once and again after five minutes, as long as the plan waits."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from commands.answer import answer
from commands.ops import events, later
from commands.ops.house import House
from commands.ops.operation import Tier
from commands.ops.operations import table
from commands.ops.plans import paging, plans
from commands.ops.plans.plans import Plan
from commands.reply import Ask
from commands.words import words
from tests.clocks import MovedClock
from tests.commands import toy
from tests.commands.conftest import ASHA, OMAR, house_of, settings_of


@pytest.fixture
def paged(tmp_path: Path) -> Path:
    """Where the page command writes what it was told, a line a call."""
    return tmp_path / "paged"


@pytest.fixture
def house(tmp_path: Path, paged: Path) -> Iterator[House]:
    root = tmp_path / "root"
    root.mkdir()
    (root / toy.FILE).write_text("a=1")
    script = tmp_path / "page.py"
    script.write_text(f"import sys\nopen({str(paged)!r}, 'a').write(sys.argv[-1] + chr(10))\n")
    made = house_of(settings_of(root, tmp_path / "state", page=f"{sys.executable} {script}"), MovedClock())
    yield made
    made.journal.close()


def _stored(house: House, tier: Tier, monkeypatch: pytest.MonkeyPatch) -> Plan:
    operation = toy.operation(tier)
    monkeypatch.setattr(table, "OPERATIONS", (operation,))
    plan = plans.store(house, plans.draft(house, operation, {}, "strike", OMAR))
    paging.call_for(house, plan)
    return plan


def _reminders(house: House, plan: Plan) -> list[timedelta]:
    """How long from now each reminder of this plan is due."""
    far = house.clock.now() + timedelta(days=1)
    found = later.due(house.journal.connection(), far)
    return [one.due - house.clock.now() for one in found if one.line == f"batch remind {plan.id}"]


def _remind(house: House, plan: Plan) -> None:
    for one in later.due(house.journal.connection(), house.clock.now()):
        with house.journal.write() as transaction:
            later.done(transaction, one.id, house.clock.now())
    answer(Ask("later", words(f"batch remind {plan.id}"), OMAR, house.clock.now()), house)


def test_approvers_are_paged_at_once_and_once_more_after_five_minutes(
    house: House, paged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = _stored(house, "second", monkeypatch)
    assert _reminders(house, plan) == [timedelta(0)]
    _remind(house, plan)
    assert _reminders(house, plan) == [timedelta(minutes=5)]
    assert isinstance(house.clock, MovedClock)
    house.clock.move(300)
    _remind(house, plan)
    assert _reminders(house, plan) == []
    assert paged.read_text().count(plan.id) == 2
    assert events.has(house.journal.connection(), plan.subject, "reminded")


def test_nobody_is_paged_for_what_its_asker_may_approve(
    house: House, paged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = _stored(house, "confirm", monkeypatch)
    assert _reminders(house, plan) == []
    assert not paged.exists()


def test_nobody_is_paged_again_for_what_is_decided(
    house: House, paged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = _stored(house, "second", monkeypatch)
    answer(Ask("1", words(f"batch approve {plan.id}"), ASHA, house.clock.now()), house)
    _remind(house, plan)
    assert not paged.exists()
