"""`hold` as an operation."""

from commands.ops import hold
from commands.ops.house import House
from commands.ops.operations.hold import HOLD
from tests.commands.ops.operations.carrying import carry_out

ARGS = {"by": "Omar", "reason": "disk"}


def test_launches_are_held(bare_house: House) -> None:
    assert carry_out(bare_house, HOLD, ARGS) == ["Launches are on hold."]
    found = hold.read(bare_house.settings, bare_house.machine)
    assert found is not None
    assert found.by == "Omar"


def test_held_twice_tells_of_the_first(bare_house: House) -> None:
    carry_out(bare_house, HOLD, ARGS)
    assert carry_out(bare_house, HOLD, {"by": "Asha", "reason": "host"}) == [
        "Launches were on hold already, placed by Omar: disk."
    ]


def test_a_hold_that_somebody_else_places_meanwhile_does_not_make_it_stale(bare_house: House) -> None:
    before = HOLD.look(bare_house, ARGS)
    hold.place(bare_house, "Asha", "host")
    assert [target.identity for target in HOLD.look(bare_house, ARGS)] == [
        target.identity for target in before
    ]


def test_the_way_back_lifts_only_its_own(bare_house: House) -> None:
    assert HOLD.undo(bare_house, ARGS, HOLD.look(bare_house, ARGS)) == ("resume", {"by": "Omar"})
    hold.place(bare_house, "Asha", "host")
    assert HOLD.undo(bare_house, ARGS, HOLD.look(bare_house, ARGS)) is None
