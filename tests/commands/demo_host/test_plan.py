"""How many sites stand where."""

from collections import Counter

import pytest

from commands.demo_host.hosttools.registry import LADDER
from commands.demo_host.plan import WAVE_SIZE, sites

NOW = 1_790_000_000.0


def test_a_full_host_has_517_of_its_568_sites_in_batch_001() -> None:
    batches = Counter(site.batch for site in sites(568, 1, NOW))
    assert batches["001"] == 517
    assert sorted(batches) == [f"00{number}" for number in range(1, 10)]


def test_four_waves_are_implemented_and_the_fifth_is_ready() -> None:
    main = [site for site in sites(568, 1, NOW) if site.batch == "001"]
    assert {site.status for site in main if site.wave <= 4} == {"I"}
    assert {site.status for site in main if site.wave == 5} == {"D"}
    assert {site.status for site in main} == set("PdDI")


def test_several_batches_are_wholly_finalized() -> None:
    planned = sites(568, 1, NOW)
    for batch in ("002", "003", "004", "005"):
        assert {site.status for site in planned if site.batch == batch} == {"Q"}


def test_a_wave_never_has_more_than_25_sites() -> None:
    waves = Counter((site.batch, site.wave) for site in sites(2000, 1, NOW))
    assert max(waves.values()) == WAVE_SIZE


@pytest.mark.parametrize("count", [1, 2, 9, 26, 75, 568])
def test_lotus_dev_stands_once_on_a_host_of_any_size(count: int) -> None:
    planned = sites(count, 1, NOW)
    assert len(planned) == count
    assert sum(site.domain == "lotus.dev" for site in planned) == 1


def test_a_small_host_keeps_the_proportions() -> None:
    planned = sites(75, 1, NOW)
    main = Counter((site.wave, site.status) for site in planned if site.batch == "001")
    assert main[1, "I"] == main[2, "D"] == 25
    assert {status for wave, status in main if wave == 3} == {"D", "d", "P"}


@pytest.mark.parametrize("count", [30, 568, 6000])
def test_every_site_climbs_the_ladder_in_order_of_time_and_not_past_now(count: int) -> None:
    for site in sites(count, 1, NOW):
        letters = [letter for letter, _ in site.steps]
        times = [at for _, at in site.steps]
        assert "".join(letters) == LADDER[: len(letters)]
        assert times == sorted(times)
        assert times[-1] <= NOW
