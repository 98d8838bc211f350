"""A step that edits while it waits: what it has told is kept, however it ends."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commands.ops.edits import editing
from commands.ops.edits.records import Record
from commands.ops.edits.statuses import Mark, row_text
from commands.ops.errors import NotReadable
from commands.ops.house import House
from commands.ops.operation import Did, Operation, Step, Target, Waiting
from commands.ops.operations import table
from commands.ops.plans import plans, runs
from commands.ops.registry import registry
from tests.commands.conftest import OMAR
from tests.commands.decided import planned, run_in
from tests.commands.demo_host.running import status_of

Then = Callable[[House], str]


def _marks(house: House) -> tuple[Record, ...]:
    """Edit one row; what that did."""
    [row] = registry.read(house.settings, house.machine).sites()["lotus.dev"]
    marks = {"lotus.dev": Mark(row_text(row), "I")}
    return editing.set_status(house.settings, house.machine, marks, house.clock.now()).records


def _acts(house: House, then: Then) -> Callable[[], str | Did | Waiting | None]:
    def acts() -> Iterator[str | Waiting]:
        rows = _marks(house)
        yield Waiting("1 of 2", rows)
        yield Waiting("1 of 2", rows)
        yield then(house)

    going = acts()
    return lambda: next(going)


@pytest.fixture
def waits(house: House, monkeypatch: pytest.MonkeyPatch) -> Callable[[Then], str]:
    """`waits(then)`: the plan of an operation that edits a row, waits, and then does that."""

    def plan(then: Then) -> str:
        operation = Operation(
            *("toil", "confirm", lambda *_: (Target("registry"),), lambda *_: ()),
            lambda house_, _args, _targets: iter([Step("toil", _acts(house_, then))]),
        )
        monkeypatch.setattr(table, "OPERATIONS", (*table.OPERATIONS, operation))
        return plans.store(house, plans.draft(house, operation, {}, "toil", OMAR)).id

    return plan


def test_a_step_that_fails_after_it_told_of_rows_can_be_taken_back(
    house: House, demo_host: Path, waits: Callable[[Then], str]
) -> None:
    def fails(_house: House) -> str:
        raise NotReadable("The disk went away.")

    plan = waits(fails)
    failed = run_in(house, plan)
    assert (failed.facts["state"], failed.error) == ("failed", f"{plan}: failed: The disk went away.")
    assert status_of(demo_host, "lotus.dev") == "I"
    run_in(house, planned(house, f"batch undo {plan}"))
    assert status_of(demo_host, "lotus.dev") == "D"


def test_a_step_that_is_aborted_after_it_told_of_rows_can_be_taken_back(
    house: House, demo_host: Path, waits: Callable[[Then], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = waits(lambda _house: "never")
    wait = house.clock.wait

    def somebody_aborts(seconds: float, until: threading.Event) -> bool:
        runs.abort(house, plan, OMAR)
        return wait(seconds, until)

    monkeypatch.setattr(house.clock, "wait", somebody_aborts)
    aborted = run_in(house, plan)
    assert aborted.facts["state"] == "aborted"
    run_in(house, planned(house, f"batch undo {plan}"))
    assert status_of(demo_host, "lotus.dev") == "D"
