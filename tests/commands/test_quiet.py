"""`batch quiet`: planned work wakes nobody and opens nothing, until it ends."""

from pathlib import Path

import pytest

from commands.demo_host import host
from commands.ops import events
from commands.ops.house import House
from commands.ops.incidents import incidents
from commands.ops.incidents.alerts import Alerts
from commands.ops.registry import registry
from commands.reply import Facts
from tests.commands.conftest import Asks
from tests.commands.watched import clock_of

WAVE = "batch wave 2 --batch 001"


@pytest.fixture(autouse=True)
def _crashed(demo_host: Path) -> None:
    host.break_host(demo_host, "crash")


def _alerts(house: House) -> int:
    return sum(one.kind == "alert" for one in events.since(house.journal.connection(), 0))


@pytest.mark.parametrize("about", ["", " wave 2 --batch 001"])
def test_it_says_when_it_ends_and_nothing_is_opened_until_then(about: str, asks: Asks, house: House) -> None:
    reply = asks(f"batch quiet 2h{about} --reason new disks")
    assert reply.headline.endswith("for 2 h: new disks.")
    assert reply.facts["until"] == "2026-11-22T05:12:05+00:00"
    found = asks(WAVE)
    assert (found.outcome, found.incident, found.facts["accepted"]) == ("trouble", None, None)
    clock_of(house).move(2 * 3600)
    assert asks(WAVE).incident


def test_quiet_about_another_resource_is_no_reason(asks: Asks) -> None:
    asks("batch quiet 2h disk")
    assert asks(WAVE).incident


def test_it_can_be_ended_before_its_time(asks: Asks) -> None:
    asks("batch quiet 2h")
    assert asks("batch quiet off").headline == "No longer quiet about everything."
    assert asks("batch quiet off").headline == "It was not quiet about everything."
    assert asks(WAVE).incident


def test_alerts_wait_for_its_end_and_then_are_told_once(asks: Asks, house: House) -> None:
    asks("batch quiet 1h")
    alerts, table = Alerts(house), registry.read(house.settings, house.machine)
    for _ in range(4):
        alerts.look(table)
    assert _alerts(house) == 0
    clock_of(house).move(3600)
    for _ in range(4):
        alerts.look(table)
    assert _alerts(house) == 1


def test_an_open_incident_goes_on(asks: Asks, house: House) -> None:
    first = asks(WAVE).incident
    asks("batch quiet 2h")
    assert asks(WAVE).incident == first
    assert len(incidents.all_open(house.journal.connection())) == 1


def test_the_status_says_until_when(asks: Asks) -> None:
    asks("batch quiet 2h disk")
    facts = [part for part in asks("batch status --batch 001").parts if isinstance(part, Facts)]
    assert any(label == "Quiet about disk until" for part in facts for label, _ in part.items)
