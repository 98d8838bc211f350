"""Since when a site has its status, and how we know."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from commands.ops.history import ages
from commands.ops.history.ages import Since
from commands.ops.house import House
from commands.ops.registry import registry
from commands.ops.registry.sites import select
from tests.commands.registries import REGISTRY, lose, put, touch
from tests.commands.watched import clock_of, watch


def since(house: House, site: str) -> Since | None:
    table = registry.read(house.settings, house.machine)
    rows = [row for row in select(table) if row.domain == site]
    return ages.since(house, table, rows)[site]


def without_updated(root: Path) -> None:
    """The table without its last column."""
    path = root / REGISTRY
    lines = path.read_text().splitlines()
    path.write_text(
        "".join(
            f"{line.rstrip('|').rpartition('|')[0]}|\n" if line.startswith("|") else f"{line}\n"
            for line in lines
        )
    )


def test_a_change_that_was_watched_counts_from_the_look_that_saw_it(house: House, demo_host: Path) -> None:
    watch(house, 0.25)
    put(demo_host, "i", "lotus.dev")
    watch(house, 0.25)
    assert since(house, "lotus.dev") == Since(clock_of(house).now(), "watch")


def test_the_updated_cell_is_finer_than_the_looks_it_lies_between(house: House, demo_host: Path) -> None:
    watch(house, 0.25)
    at = (clock_of(house).now() + timedelta(seconds=4)).replace(microsecond=0)
    put(demo_host, "i", "lotus.dev")
    touch(demo_host, at.isoformat(), "lotus.dev")
    watch(house, 0.25)
    assert since(house, "lotus.dev") == Since(at, "table")


def test_without_a_watched_change_the_updated_cell_tells(house: House, demo_host: Path) -> None:
    touch(demo_host, "2026-11-22T03:00:00Z", "lotus.dev")
    assert since(house, "lotus.dev") == Since(datetime(2026, 11, 22, 3, tzinfo=UTC), "table")


def test_a_row_that_was_lost_and_came_back_keeps_its_age(house: House, demo_host: Path) -> None:
    watch(house, 0.25)
    put(demo_host, "i", "lotus.dev")
    watch(house, 0.25)
    taken = clock_of(house).now()
    whole = (demo_host / REGISTRY).read_bytes()
    lose(demo_host, "lotus.dev")
    watch(house, 0.25)
    (demo_host / REGISTRY).write_bytes(whole)
    watch(house, 0.25)
    assert since(house, "lotus.dev") == Since(taken, "watch")


def test_a_table_without_times_is_dated_by_its_commits(house: House, demo_host: Path) -> None:
    updated = since(house, "lotus.dev")
    assert updated
    without_updated(demo_host)
    found = since(house, "lotus.dev")
    assert found
    assert found.source == "git"
    assert abs(found.at - updated.at) < timedelta(minutes=10)


def test_a_status_that_was_never_committed_has_no_age_in_git(house: House, demo_host: Path) -> None:
    put(demo_host, "i", "lotus.dev")
    without_updated(demo_host)
    assert since(house, "lotus.dev") is None


def test_without_any_history_the_age_is_not_known(house: House, demo_host: Path) -> None:
    shutil.rmtree(demo_host / ".git")
    without_updated(demo_host)
    assert since(house, "lotus.dev") is None


def test_a_time_without_a_zone_is_utc() -> None:
    assert ages.moment("2026-11-22 03:00:00") == datetime(2026, 11, 22, 3, tzinfo=UTC)
    assert ages.moment("yesterday") is None
    assert ages.moment("") is None
