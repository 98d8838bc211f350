"""The switches themselves."""

import pytest

from bot.workspace.clock import HandClock
from bot.workspace.errors import Refused
from bot.workspace.faults import FAULTS, Faults


def test_every_switch_is_off_at_first(clock: HandClock) -> None:
    listed = Faults(clock).listed()
    assert {entry["name"] for entry in listed} == {fault.name for fault in FAULTS}
    assert not any(entry["value"] for entry in listed)


async def test_a_fault_of_some_seconds_is_over_by_itself(clock: HandClock) -> None:
    faults = Faults(clock)
    faults.put("down", 20)
    await clock.advance(19)
    assert faults["down"]
    assert faults.left("down") == 1
    await clock.advance(1)
    assert not faults["down"]


def test_a_press_counts_once(clock: HandClock) -> None:
    faults = Faults(clock)
    faults.put("reset", 1)
    assert faults.use("reset")
    assert not faults.use("reset")


def test_an_unknown_switch_is_refused_with_the_names_that_exist(clock: HandClock) -> None:
    with pytest.raises(Refused, match=r"no fault “earthquake”.*blackhole"):
        Faults(clock).put("earthquake", 1)


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_a_value_that_is_no_sensible_number_is_refused(clock: HandClock, value: float) -> None:
    with pytest.raises(Refused):
        Faults(clock).put("slow", value)
