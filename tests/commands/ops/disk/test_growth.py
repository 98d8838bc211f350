"""How fast space goes, and when none will be left."""

from datetime import timedelta

import pytest

from commands.ops.disk import growth as disk_growth
from commands.ops.history import samples
from commands.ops.house import House
from tests.commands.watched import clock_of

MIB = 1024**2


def sampled(house: House, *free: tuple[float, int]) -> None:
    """Samples of free bytes, so many minutes ago."""
    with house.journal.write() as transaction:
        for minutes, free_bytes in free:
            at = house.clock.now() - timedelta(minutes=minutes)
            samples.write(transaction, at, "disk", {"free_bytes": free_bytes, "level": "normal"})


def growth(house: House, free_bytes: int) -> disk_growth.Growth:
    return disk_growth.growth(house.journal.connection(), house.clock.now(), free_bytes)


def test_without_samples_nothing_is_told(bare_house: House) -> None:
    assert growth(bare_house, 100).per_minute is None


def test_a_steady_pace_tells_when_the_disk_is_full(bare_house: House) -> None:
    sampled(bare_house, *((minutes, 1000 * MIB + minutes * 10 * MIB) for minutes in range(1, 70)))
    found = growth(bare_house, 1000 * MIB)
    assert [pace.span_seconds for pace in found.paces] == [300, 900, 3600, 69 * 60]
    assert found.per_minute == pytest.approx(10 * MIB)
    assert found.seconds_to_full == found.soonest == found.latest == pytest.approx(6000)


def test_paces_that_differ_are_a_range(bare_house: House) -> None:
    sampled(bare_house, (60, 2000 * MIB), (15, 1150 * MIB), (5, 1100 * MIB))
    found = growth(bare_house, 1000 * MIB)
    assert [round(pace.bytes_per_minute / MIB) for pace in found.paces] == [20, 10, 17]
    assert found.per_minute == pytest.approx(10 * MIB)
    assert found.soonest == pytest.approx(3000)
    assert found.latest == pytest.approx(6000)


def test_space_that_comes_back_never_fills_the_disk(bare_house: House) -> None:
    sampled(bare_house, (15, 900 * MIB))
    found = growth(bare_house, 1000 * MIB)
    assert found.per_minute is not None
    assert found.per_minute < 0
    assert found.seconds_to_full is None


def test_a_sample_from_before_a_long_gap_tells_nothing(bare_house: House) -> None:
    sampled(bare_house, (3000, 2000 * MIB))
    assert growth(bare_house, 1000 * MIB).paces == ()


def test_what_grew_most_comes_first(bare_house: House) -> None:
    with bare_house.journal.write() as transaction:
        disk_growth.remember(transaction, bare_house.clock.now(), {"sites": 100, "logs": 50, ".git": 10})
    clock_of(bare_house).move(600)
    found = disk_growth.grown(
        bare_house.journal.connection(), bare_house.clock.now(), {"sites": 150, "logs": 250, ".git": 9}
    )
    assert [(one.what, one.by, one.span_seconds) for one in found] == [("logs", 200, 600), ("sites", 50, 600)]
