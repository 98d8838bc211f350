"""`batch accept wave N --reason …`: recorded, muted, shown."""

from commands.ops import events
from commands.ops.house import House
from commands.ops.incidents import mutes
from tests.commands.conftest import OMAR, VERA, Asks

SUBJECT = "batch wave 2 --batch 001"


def test_a_loss_is_recorded_with_its_reason_and_muted(asks: Asks, house: House) -> None:
    reply = asks("batch accept wave 2 --batch 001 --reason close to the deadline")
    assert reply.headline == "The loss of 25 sites of wave 2 is accepted by Omar: close to the deadline"
    muted = mutes.of(house.journal.connection(), SUBJECT, house.clock.now())
    assert muted
    assert (muted.caller, muted.reason, muted.until) == (OMAR.id, "close to the deadline", None)
    [event] = events.since(house.journal.connection(), 0)
    assert (event.subject, event.kind) == (SUBJECT, "accepted")
    assert event.data["reason"] == "close to the deadline"
    assert event.data["unfinished"] == 25


def test_the_wave_says_that_its_loss_was_accepted(asks: Asks) -> None:
    asks("batch accept wave 2 --batch 001 --reason enough")
    reply = asks(SUBJECT)
    assert reply.facts["accepted"] == "enough"
    assert "Its loss was accepted: enough" in str(reply.parts[0])


def test_without_a_reason_it_is_one_sentence(asks: Asks) -> None:
    for line in ("batch accept wave 2", 'batch accept wave 2 --reason ""'):
        assert asks(line).error == "A loss is accepted with a reason: add --reason and say why."


def test_a_wave_that_lost_nothing_has_nothing_to_accept(asks: Asks) -> None:
    reply = asks("batch accept wave 1 --batch 001 --reason why not")
    assert reply.error == "Wave 1 has lost nothing: all 25 sites are implemented."


def test_a_viewer_may_not(asks: Asks) -> None:
    assert asks("batch accept wave 2 --reason x", VERA).outcome == "refused"
