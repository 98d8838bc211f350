"""The disk, watched: told once, held by itself at critical, and looked after once it is better."""

from dataclasses import replace

import pytest

from commands.ops import audit, events, hold, later, mutes
from commands.ops.disk import Level
from commands.ops.house import House
from commands.ops.mutes import Mute
from commands.ops.watch.disk_guard import SUBJECT, DiskGuard
from tests.commands.watched import clock_of

HUGE = 2**60
BELOW: dict[Level, dict[str, int]] = {
    "normal": {},
    "warning": {"warning_below": HUGE},
    "alert": {"warning_below": HUGE, "alert_below": HUGE},
    "critical": {"warning_below": HUGE, "alert_below": HUGE, "critical_below": HUGE},
}
NORMAL = {"warning_below": 1, "alert_below": 1, "critical_below": 1}


@pytest.fixture
def guard(house: House) -> DiskGuard:
    return DiskGuard(house)


def seen(guard: DiskGuard, level: Level, looks: int = 2, *, holds: bool = True) -> None:
    """The disk is at this level for so many looks."""
    house = guard.house
    disk = replace(house.settings.disk, **{**NORMAL, **BELOW[level]}, hold_at_critical=holds)
    guard.house = replace(house, settings=replace(house.settings, disk=disk))
    for _ in range(looks):
        guard.look()


def told(guard: DiskGuard) -> list[tuple[str, object]]:
    found = events.since(guard.house.journal.connection(), 0)
    return [(one.kind, one.data["level"]) for one in found if one.subject == SUBJECT]


def on_hold(guard: DiskGuard) -> bool:
    return hold.read(guard.house.settings, guard.house.machine) is not None


def test_it_is_told_once_when_it_fills_and_once_when_it_is_better(guard: DiskGuard) -> None:
    for level in ("normal", "warning", "alert", "alert", "critical", "alert", "critical", "warning"):
        seen(guard, level)
    assert told(guard) == [("alert", "alert"), ("worse", "critical"), ("recovered", "warning")]


def test_one_look_wakes_nobody(guard: DiskGuard) -> None:
    seen(guard, "critical", looks=1)
    seen(guard, "normal")
    assert told(guard) == []
    assert not on_hold(guard)


def test_a_restart_tells_nothing_twice(guard: DiskGuard) -> None:
    seen(guard, "alert")
    seen(DiskGuard(guard.house), "alert")
    assert told(guard) == [("alert", "alert")]


def test_at_critical_launches_are_held_and_it_is_said_and_audited(guard: DiskGuard) -> None:
    seen(guard, "critical")
    found = hold.read(guard.house.settings, guard.house.machine)
    assert found
    assert (found.by, found.reason) == ("Wavewarden", "the disk is critical")
    [event] = events.since(guard.house.journal.connection(), 0)
    assert event.data["said"] == "Launches are on hold now."
    [entry] = audit.entries(guard.house.journal.connection())
    assert entry.kind == "held by itself"


def test_whoever_resumes_in_spite_of_it_is_not_overruled(guard: DiskGuard) -> None:
    seen(guard, "critical")
    hold.lift(guard.house)
    seen(guard, "critical", looks=5)
    assert not on_hold(guard)
    seen(guard, "normal")
    seen(guard, "critical")
    assert on_hold(guard)


def test_holding_by_itself_is_a_setting(guard: DiskGuard) -> None:
    seen(guard, "critical", holds=False)
    assert not on_hold(guard)
    assert told(guard) == [("alert", "critical")]


def test_after_a_critical_disk_the_registry_is_looked_at(guard: DiskGuard) -> None:
    seen(guard, "critical")
    seen(guard, "normal")
    due = later.due(guard.house.journal.connection(), guard.house.clock.now())
    assert [one.line for one in due] == ["dedupe"]


def test_planned_work_keeps_it_quiet_and_launches_are_held_all_the_same(guard: DiskGuard) -> None:
    with guard.house.journal.write() as transaction:
        mutes.put(
            transaction, Mute(SUBJECT, clock_of(guard.house).now(), None, "U0OMAR", "cleaning"), "muted"
        )
    seen(guard, "critical")
    kinds = [one.kind for one in events.since(guard.house.journal.connection(), 0)]
    assert kinds == ["muted"]
    assert on_hold(guard)
