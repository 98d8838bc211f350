"""`resume` as an operation."""

from commands.ops import hold
from commands.ops.house import House
from commands.ops.operations.resume import RESUME
from tests.commands.ops.operations.carrying import carry_out

ARGS = {"by": "Asha"}


def test_it_tells_who_had_placed_the_hold(bare_house: House) -> None:
    hold.place(bare_house, "Omar", "disk")
    assert carry_out(bare_house, RESUME, ARGS) == [
        "Launches are allowed again; the hold was placed by Omar: disk."
    ]
    assert hold.read(bare_house.settings, bare_house.machine) is None


def test_without_a_hold_there_is_nothing_to_do(bare_house: House) -> None:
    assert RESUME.look(bare_house, ARGS) == ()
    assert carry_out(bare_house, RESUME, ARGS) == []


def test_a_hold_that_somebody_places_anew_is_another(bare_house: House) -> None:
    hold.place(bare_house, "Omar", "disk")
    before = RESUME.look(bare_house, ARGS)
    hold.lift(bare_house)
    hold.place(bare_house, "Asha", "host")
    assert RESUME.look(bare_house, ARGS)[0].identity != before[0].identity


def test_the_way_back_is_the_hold_as_it_was(bare_house: House) -> None:
    hold.place(bare_house, "Omar", "disk")
    targets = RESUME.look(bare_house, ARGS)
    assert RESUME.undo(bare_house, ARGS, targets) == ("hold", {"by": "Omar", "reason": "disk"})
