"""Rates and times in a status, from what the watch saw."""

from pathlib import Path

import pytest

from commands.ops.history import rates, transitions
from commands.ops.history.rates import Rates
from commands.ops.house import House
from commands.ops.watch.sampler import Sampler
from tests.commands.registries import lose, put, wave_sites
from tests.commands.watched import clock_of, watch


class Builder:
    """Implements a wave's sites one after the other, so many a minute."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.left = wave_sites(root, 2)
        put(root, "i", *self.left)
        self.per_minute = 4.0
        self.owed = 0.0

    def work(self, _: float) -> None:
        self.owed += self.per_minute / 4
        while self.owed >= 1 and self.left:
            put(self.root, "I", self.left.pop())
            self.owed -= 1


def test_without_a_look_nothing_is_known(house: House) -> None:
    assert rates.rates(house, "001", ()) == Rates(None, None, None, None)


def test_one_look_is_no_rate(house: House) -> None:
    Sampler(house).sample()
    assert rates.rates(house, "001", ()).now is None


def test_two_minutes_of_looks_are_a_rate_over_two_minutes(house: House, demo_host: Path) -> None:
    builder = Builder(demo_host)
    watch(house, 2.25, builder.work)
    found = rates.rates(house, "001", ())
    assert found.now == pytest.approx(4, rel=0.01)
    assert found.span_seconds == 120
    assert (found.before, found.usual) == (None, None)


def test_a_rate_that_falls_is_seen_against_before_and_the_median(house: House, demo_host: Path) -> None:
    builder = Builder(demo_host)
    builder.per_minute = 2
    watch(house, 10.25, builder.work)
    builder.per_minute = 0.4
    watch(house, 5, builder.work)
    found = rates.rates(house, "001", [2])
    assert found.now == pytest.approx(0.4)
    assert found.before == pytest.approx(2, rel=0.1)
    assert found.usual == pytest.approx(1.6, abs=0.4)


def test_another_wave_has_its_own_rate(house: House, demo_host: Path) -> None:
    watch(house, 5, Builder(demo_host).work)
    assert rates.rates(house, "001", [3]).now == 0
    assert rates.rates(house, "002", ()).now == 0


def test_what_was_done_while_we_were_away_is_spread_over_that_time(house: House, demo_host: Path) -> None:
    sites = wave_sites(demo_host, 2)
    watch(house, 1)
    clock_of(house).move(3600)
    put(demo_host, "I", *sites)
    watch(house, 1)
    assert rates.rates(house, "001", ()).now == pytest.approx(25 / 60 * 4 / 5, rel=0.1)


def test_rows_that_come_back_are_no_progress(house: House, demo_host: Path) -> None:
    done = wave_sites(demo_host, 1)
    whole = (demo_host / ".smbatcher/REGISTRY.md").read_bytes()
    watch(house, 1)
    lose(demo_host, *done)
    watch(house, 1)
    (demo_host / ".smbatcher/REGISTRY.md").write_bytes(whole)
    watch(house, 1)
    assert rates.rates(house, "001", ()).now == 0


def test_when_the_watch_stopped_there_is_no_rate_now(house: House, demo_host: Path) -> None:
    watch(house, 5, Builder(demo_host).work)
    clock_of(house).move(600)
    assert rates.rates(house, "001", ()).now is None


def test_a_waves_median_time_in_progress_needs_three_sites(house: House, demo_host: Path) -> None:
    watch(house, 0.25)
    builder = Builder(demo_host)
    builder.per_minute = 1
    ladder = house.settings.ladder
    watch(house, 2, builder.work)
    changes = transitions.of_wave(house.journal.connection(), "001", 2)
    assert rates.usual_seconds(changes, ladder) is None
    watch(house, 3, builder.work)
    changes = transitions.of_wave(house.journal.connection(), "001", 2)
    assert rates.usual_seconds(changes, ladder) == pytest.approx(165, abs=30)
