"""Room inside the database: a plan is stored, approved, run and audited on a disk with nothing left."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from commands.answer import answer
from commands.ops import audit, reserve
from commands.ops.house import House
from commands.ops.operations import table
from commands.ops.plans import approvals, plans
from commands.reply import Ask, Reply
from commands.words import words
from tests.commands import toy
from tests.commands.conftest import OMAR, house_of, settings_of
from tests.commands.full_disk import eaten, small_disk

pytestmark = pytest.mark.privileged


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house whose state directory is a disk of 1 MiB; its host lies elsewhere."""
    root = tmp_path / "root"
    root.mkdir()
    (root / toy.FILE).write_text(" ".join(f"line-{number}={number}" for number in range(20)))
    with small_disk(tmp_path / "disk", "1m") as disk:
        made = house_of(settings_of(root, disk / "state"))
        made.journal.connection()
        yield made
        made.journal.close()


def ask(house: House, line: str) -> Reply:
    return answer(Ask("t", words(line), OMAR, house.clock.now()), house)


def a_plan_from_end_to_end(house: House, monkeypatch: pytest.MonkeyPatch) -> str:
    """How it ended."""
    operation = toy.operation("confirm")
    monkeypatch.setattr(table, "OPERATIONS", (operation,))
    plan = plans.store(house, plans.draft(house, operation, {}, "strike", OMAR))
    approvals.approve(house, plan.id, OMAR)
    reply = ask(house, f"batch run {plan.id}")
    return str(reply.facts.get("state") or reply.headline)


def test_with_room_set_aside_a_plan_runs_and_is_audited_on_a_full_disk(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reserve.keep(house.journal)
    with eaten(house.settings.state.parent):
        assert a_plan_from_end_to_end(house, monkeypatch) == "done"
        assert audit.broken(house.journal.connection()) is None
        assert ask(house, "batch runs").outcome == "fine"


def test_without_it_nothing_can_be_written(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = "Nothing"
    with eaten(house.settings.state.parent), suppress(sqlite3.OperationalError):
        ended = a_plan_from_end_to_end(house, monkeypatch)
    assert ended.startswith("Nothing")  # it can already not be stored, or its run says so


def test_room_is_topped_up_and_costs_nothing_while_it_is_there(house: House) -> None:
    assert reserve.keep(house.journal)
    before = house.journal.path.stat().st_size
    changes = house.journal.connection().total_changes
    assert reserve.keep(house.journal)
    assert house.journal.connection().total_changes == changes
    with house.journal.write() as transaction:
        transaction.execute("CREATE TABLE filled (bytes BLOB) STRICT")
        transaction.execute("INSERT INTO filled VALUES (zeroblob(100000))")
    assert reserve.keep(house.journal)
    assert house.journal.path.stat().st_size > before


def test_a_full_disk_is_no_error_of_the_reserve(house: House) -> None:
    with eaten(house.settings.state.parent):
        assert not reserve.keep(house.journal)
