"""`batch sites --cut-short`: what was being written on a disk that was full."""

import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.ops.house import House
from commands.ops.watch.disk_guard import DiskGuard
from tests.commands.conftest import VERA, Asks
from tests.commands.decided import ask_in
from tests.commands.full_disk import eaten, small_disk
from tests.commands.ops.watch.test_disk_guard import seen
from tests.commands.registries import put, wave_sites
from tests.commands.stand_ins import agents
from tests.commands.watched import clock_of

MIB = 1024**2
PAGE = "<!doctype html><html><body>whole</body></html>"


@pytest.fixture(autouse=True)
def _today(house: House) -> None:
    clock_of(house).at = datetime.now(UTC)


@pytest.fixture
def three(demo_host: Path) -> list[str]:
    """Three sites of one wave."""
    return wave_sites(demo_host, 3)[:3]


def built(root: Path, *domains: str) -> list[Path]:
    """These sites' index pages, whole."""
    pages = [root / "sites" / f"{domain}-v1/index.html" for domain in domains]
    for page in pages:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(PAGE)
    return pages


@pytest.fixture
def was_critical(house: House) -> None:
    """The disk is critical from now on."""
    seen(DiskGuard(house), "critical")


def better(house: House) -> None:
    """It is seen better, a moment later."""
    clock_of(house).at = datetime.now(UTC)
    seen(DiskGuard(house), "normal")


def named(house: House) -> list[str]:
    return [one["site"] for one in ask_in(house, "batch sites --cut-short", VERA).facts["sites"]]


def test_where_the_disk_was_never_critical_nothing_is_looked_at(asks: Asks) -> None:
    reply = asks("batch sites --cut-short")
    assert (reply.outcome, reply.facts["sites"]) == ("fine", [])


@pytest.mark.usefixtures("was_critical")
def test_pages_and_designs_that_were_cut_short_are_named_and_whole_ones_are_not(
    house: House, demo_host: Path, three: list[str]
) -> None:
    half, empty, whole = built(demo_host, *three)
    half.write_text(PAGE[:20])
    empty.with_name("style.css").touch()
    better(house)
    reply = ask_in(house, "batch sites --cut-short")
    assert named(house) == three[:2]
    assert whole.exists()
    assert (reply.outcome, reply.severity) == ("trouble", "warning")
    assert " sites were written while the disk was critical, 2 of them cut short: " in reply.headline
    assert reply.facts["sites"][1]["empty"] == [f"sites/{three[1]}-v1/style.css"]
    assert "its index page is not whole" in str(reply.parts)


@pytest.mark.usefixtures("was_critical")
def test_what_was_written_before_or_afterwards_is_nobodys_fault(
    house: House, demo_host: Path, three: list[str]
) -> None:
    better(house)
    clock_of(house).move(3600)
    old, new = built(demo_host, *three[:2])
    for page, hours in ((old, -5), (new, 5)):
        page.write_text("")
        moment = datetime.now(UTC).timestamp() + hours * 3600
        for path in (page, page.parent):
            os.utime(path, (moment, moment))
    assert named(house) == []


@pytest.mark.usefixtures("was_critical")
def test_each_is_offered_what_brings_it_back(house: House, demo_host: Path, three: list[str]) -> None:
    for page in built(demo_host, *three[:2]):
        page.write_text("")
    put(demo_host, "i", three[0])
    put(demo_host, "I", three[1])
    better(house)
    lines = [one.line for one in ask_in(house, "batch sites --cut-short").proposals]
    assert f'batch mark {three[1]} D --reason "cut short by the full disk"' in lines
    assert f"redeploy site {three[0]}" in lines
    assert ask_in(house, lines[0]).facts["state"] == "pending"


@pytest.mark.usefixtures("was_critical")
def test_a_site_that_an_agent_writes_is_told_so_and_not_offered(
    house: House, demo_host: Path, three: list[str]
) -> None:
    built(demo_host, three[0])[0].write_text("")
    put(demo_host, "i", three[0])
    better(house)
    with agents(demo_host, 1, three[0]):
        reply = ask_in(house, "batch sites --cut-short")
    assert reply.facts["sites"][0]["busy"] is True
    assert not any(one.line.startswith("redeploy") for one in reply.proposals)


@pytest.mark.privileged
def test_what_a_really_full_disk_cuts_short_is_found(house: House, demo_host: Path, three: list[str]) -> None:
    sites, before = demo_host / "sites", demo_host / "before"
    sites.rename(before)
    with small_disk(sites, "8m"):
        shutil.copytree(before, sites, dirs_exist_ok=True)
        [torn, kept] = built(demo_host, *three[:2])
        guard = DiskGuard(house)  # 8 MB are critical by the runbook's own thresholds
        guard.look()
        guard.look()
        with eaten(sites), suppress(OSError), torn.open("w") as file:
            file.write(f"<!doctype html><html>{'x' * 16 * MIB}</html>")
        (sites / "eater").unlink()
        better(house)
        assert named(house) == [torn.parent.name.removesuffix("-v1")]
        assert kept.read_text() == PAGE
