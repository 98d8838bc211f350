"""Faults of the registry: `duplicates`, `conflicts`, `lost-rows`."""

from collections import Counter, defaultdict
from pathlib import Path

from commands.demo_host import host
from commands.demo_host.hosttools import registry
from tests.commands.demo_host.running import rows


def test_duplicates_are_identical_rows_and_nothing_is_lost(demo_host: Path) -> None:
    before = rows(demo_host)
    said = host.break_host(demo_host, "duplicates")
    lines = Counter(row.line() for row in rows(demo_host))
    assert said == "The rows of 12 sites now stand in the registry more than once: 14 surplus rows."
    assert set(lines) == {row.line() for row in before}
    assert sorted(count for count in lines.values() if count > 1) == [2] * 10 + [3] * 2


def test_conflicts_are_sites_with_two_statuses(demo_host: Path) -> None:
    said = host.break_host(demo_host, "conflicts")
    statuses = defaultdict(list)
    for row in rows(demo_host):
        statuses[row.domain].append(row.status)
    double = Counter(tuple(found) for found in statuses.values() if len(found) > 1)
    assert double == {("I", "i"): 5, ("D", "I"): 3}
    assert said.startswith("8 sites now stand in the registry twice with different statuses")


def test_a_damaged_registry_still_ends_with_a_newline(demo_host: Path) -> None:
    for name in ("duplicates", "conflicts", "lost-rows"):
        host.break_host(demo_host, name)
        text = (demo_host / registry.PATH).read_text()
        assert text.endswith("|\n")
        assert "\n\n|" not in text.partition(registry.HEADER)[2]


def test_lost_rows_are_gone_from_the_working_file(demo_host: Path) -> None:
    before = rows(demo_host)
    assert (
        host.break_host(demo_host, "lost-rows")
        == "17 sites of batch 001 have lost their row in the registry."
    )
    after = rows(demo_host)
    assert len(after) == len(before) - 17
    assert set(after) < set(before)
