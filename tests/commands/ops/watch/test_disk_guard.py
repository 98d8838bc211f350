"""The disk, watched: told once, held by itself at critical, and looked after once it is better."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from commands.ops import audit, events, hold, later
from commands.ops.disk import critical_span
from commands.ops.disk.critical_span import SUBJECT
from commands.ops.disk.disk import Level
from commands.ops.house import House
from commands.ops.incidents import mutes
from commands.ops.incidents.mutes import Mute
from commands.ops.watch.disk_guard import DiskGuard
from tests.commands.full_disk import small_disk
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
    return [(one.kind, one.data["level"]) for one in found if one.subject == SUBJECT and "level" in one.data]


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
    *_, event = events.since(guard.house.journal.connection(), 0)
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


def due(guard: DiskGuard) -> list[str]:
    """What is asked by itself within two minutes."""
    soon = guard.house.clock.now() + timedelta(minutes=2)
    return [one.line for one in later.due(guard.house.journal.connection(), soon)]


@pytest.mark.parametrize("level", ["normal", "alert"])
def test_after_a_critical_disk_registry_and_sites_are_looked_at(guard: DiskGuard, level: Level) -> None:
    seen(guard, "critical")
    assert due(guard) == []
    seen(guard, level)
    assert due(guard) == ["dedupe", "batch sites --cut-short"]


def test_a_restart_in_between_forgets_neither_the_span_nor_the_look(guard: DiskGuard) -> None:
    began = guard.house.clock.now()
    seen(guard, "critical")
    clock_of(guard.house).move(600)
    seen(DiskGuard(guard.house), "normal")
    assert due(guard) == ["dedupe", "batch sites --cut-short"]
    span = critical_span.newest(guard.house.journal.connection())
    assert span == critical_span.Span(began, guard.house.clock.now())


def test_a_disk_that_is_critical_again_at_once_is_looked_after_once(guard: DiskGuard) -> None:
    for level in ("critical", "alert", "critical"):
        seen(guard, level)
    assert due(guard) == []
    seen(guard, "normal")
    assert due(guard) == ["dedupe", "batch sites --cut-short"]


@pytest.mark.privileged
def test_our_own_full_disk_is_told_and_holds_nobody(guard: DiskGuard, tmp_path: Path) -> None:
    with small_disk(tmp_path / "own", "1m") as own:
        guard.house = replace(guard.house, settings=replace(guard.house.settings, state=own))
        seen(guard, "normal")
    assert told(guard) == [("alert", "critical")]
    *_, event = events.since(guard.house.journal.connection(), 0)
    assert event.data["said"] == f"It is Wavewarden's own disk that is at critical: {own}."
    assert not on_hold(guard)
    seen(guard, "normal")
    assert told(guard)[-1] == ("recovered", "normal")


def test_planned_work_keeps_it_quiet_and_launches_are_held_all_the_same(guard: DiskGuard) -> None:
    with guard.house.journal.write() as transaction:
        mutes.put(
            transaction, Mute(SUBJECT, clock_of(guard.house).now(), None, "U0OMAR", "cleaning"), "muted"
        )
    seen(guard, "critical")
    kinds = [one.kind for one in events.since(guard.house.journal.connection(), 0)]
    assert kinds == ["muted", "critical began"]
    assert on_hold(guard)
