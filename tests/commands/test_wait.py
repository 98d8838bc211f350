"""`batch wait wave N SPAN`: put down for later, within bounds."""

from datetime import timedelta
from pathlib import Path

import pytest

from commands.ops import later
from commands.ops.house import House
from tests.commands.conftest import OMAR, VERA, Asks
from tests.commands.registries import put, wave_sites
from tests.commands.watched import clock_of, watch


def test_the_look_is_put_down_for_later(asks: Asks, house: House) -> None:
    reply = asks("batch wait wave 2 15m --batch 001")
    assert reply.headline == "I will look at wave 2 again in 15 min and say what changed."
    now = house.clock.now()
    connection = house.journal.connection()
    assert later.due(connection, now + timedelta(minutes=14)) == ()
    [one] = later.due(connection, now + timedelta(minutes=15))
    assert one.line == f"batch wave 2 --batch 001 --since {now.isoformat()}"
    assert (one.subject, one.caller) == ("batch wave 2 --batch 001", OMAR)


def test_the_line_that_was_put_down_says_what_changed(asks: Asks, house: House, demo_host: Path) -> None:
    watch(house, 1)
    asks("batch wait wave 2 1m --batch 001")
    put(demo_host, "I", *wave_sites(demo_host, 2)[:2])
    watch(house, 1)
    [one] = later.due(house.journal.connection(), house.clock.now())
    assert "In the last 1 min: 2 sites implemented" in str(asks(one.line).parts[0])


def test_waiting_anew_takes_the_place_of_the_first_wait(asks: Asks, house: House) -> None:
    asks("batch wait wave 2 15m --batch 001")
    clock_of(house).move(60)
    asks("batch wait wave 2 30m --batch 001")
    found = later.due(house.journal.connection(), house.clock.now() + timedelta(days=1))
    assert [one.due for one in found] == [house.clock.now() + timedelta(minutes=30)]


@pytest.mark.parametrize("span", ["30s", "25h", "2d", "soon", "15", "-5", "1e9m", "m"])
def test_a_span_that_is_none_or_out_of_bounds_is_one_sentence(span: str, asks: Asks) -> None:
    reply = asks(f"batch wait wave 2 {span} --batch 001")
    assert reply.outcome == "usage"
    assert "15m" in str(reply.error) or "1 min to 1 d" in str(reply.error)


def test_a_wave_that_is_not_there_is_named_with_those_that_are(asks: Asks) -> None:
    assert (
        asks("batch wait wave 99 15m --batch 001").error == "There is no wave 99: batch 001 has waves 1 to 3."
    )


def test_a_viewer_may_not(asks: Asks) -> None:
    assert asks("batch wait wave 2 15m", VERA).outcome == "refused"
