"""`batch disk`: what it says of a real host."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.demo_host import host
from commands.ops.house import House
from commands.reply import Reply, Table
from commands.wording.figures import size
from tests.commands.conftest import Asks, house_of, settings_of
from tests.commands.test_redeploy import ask_in
from tests.commands.watched import clock_of, watch

MIB = 1024**2
ALL_CRITICAL = {"warning_below": 2**60, "alert_below": 2**60, "critical_below": 2**60}


@pytest.fixture(autouse=True)
def _today(house: House) -> None:
    clock_of(house).at = datetime.now(UTC)


def rung(reply: Reply, name: str) -> dict[str, object]:
    [found] = [one for one in reply.facts["ladder"] if one["name"] == name]
    return dict(found)


@pytest.fixture
def critical(demo_host: Path, tmp_path: Path) -> Iterator[House]:
    made = house_of(settings_of(demo_host, tmp_path / "other", disk=ALL_CRITICAL))
    clock_of(made).at = datetime.now(UTC)
    yield made
    made.journal.close()


def test_a_disk_with_room_is_normal(asks: Asks) -> None:
    reply = asks("batch disk")
    assert reply.facts["level"] == "normal"
    assert reply.headline.endswith("free. No action needed.")
    assert (reply.outcome, reply.severity, reply.problems) == ("fine", "ok", ())
    assert reply.facts["growth_bytes_per_minute"] is None
    assert reply.facts["seconds_to_full"] is None


def test_directories_are_as_big_as_du_says_the_biggest_first(asks: Asks, demo_host: Path) -> None:
    told = {one["path"]: one["bytes"] for one in asks("batch disk").facts["directories"]}
    assert list(told.values()) == sorted(told.values(), reverse=True)
    for path in ("sites", ".smbatcher", ".smbatcher/tmp", "logs"):
        ran = subprocess.run(
            ["du", "-s", "-B1", path], cwd=demo_host, check=True, capture_output=True, timeout=30
        )
        assert told[path] == int(ran.stdout.split()[0])


def test_every_site_has_its_size(asks: Asks, demo_host: Path) -> None:
    told = {one["site"]: one["bytes"] for one in asks("batch disk").facts["sites"]}
    assert told.keys() == {path.name for path in (demo_host / "sites").iterdir()}


def test_the_ladder_stands_in_the_runbooks_order_our_own_files_first(asks: Asks) -> None:
    ladder = asks("batch disk").facts["ladder"]
    assert [(one["name"], one["tier"]) for one in ladder] == [
        ("own", "confirm"),
        ("temp", "confirm"),
        ("cache", "confirm"),
        ("archive", "confirm"),
        ("compress", "second"),
        ("delete", "grave"),
    ]


def test_the_fault_disk_shows_as_gain(asks: Asks, demo_host: Path) -> None:
    before = rung(asks("batch disk"), "temp")["gain_bytes"]
    host.break_host(demo_host, "disk")
    after = rung(asks("batch disk"), "temp")["gain_bytes"]
    assert isinstance(before, int)
    assert isinstance(after, int)
    assert after - before >= 64 * MIB


def test_finalized_batches_are_named_for_the_archive(asks: Asks) -> None:
    assert rung(asks("batch disk"), "archive")["batches"] == ["002", "003", "004", "005"]


def test_a_critical_disk_says_to_stop_and_offers_the_hold_first(critical: House) -> None:
    reply = ask_in(critical, "batch disk")
    assert reply.facts["level"] == "critical"
    assert "Stop operations and clean up" in reply.headline
    assert (reply.outcome, reply.severity) == ("trouble", "critical")
    assert [one.line for one in reply.proposals][:3] == ["batch relieve", "batch hold", "batch stop"]


def test_status_offers_the_diagnosis_where_the_level_is_not_normal(critical: House, asks: Asks) -> None:
    lines = [one.line for one in ask_in(critical, "batch status --batch 001").proposals]
    assert lines[0] == "batch disk"
    assert "batch disk" not in [one.line for one in asks("batch status --batch 001").proposals]


def test_growth_comes_from_what_the_watch_saw(asks: Asks, house: House) -> None:
    watch(house, 6)
    reply = asks("batch disk")
    [paces] = [part for part in reply.parts if isinstance(part, Table) and part.title == "Growth"]
    assert reply.facts["growth_bytes_per_minute"] is not None
    assert len(paces.rows) >= 1


def test_what_grew_since_the_last_look_is_named(asks: Asks, house: House, demo_host: Path) -> None:
    asks("batch disk")
    clock_of(house).move(120)
    (demo_host / "logs/new.log").write_bytes(b"x" * MIB)
    assert asks("batch disk").facts["grown"][0] == {"path": "logs", "bytes": MIB, "span_seconds": 120}


def test_without_a_registry_the_rest_is_still_told(asks: Asks, demo_host: Path) -> None:
    (demo_host / ".smbatcher/REGISTRY.md").unlink()
    reply = asks("batch disk")
    assert reply.facts["level"] == "normal"
    assert [one["name"] for one in reply.facts["ladder"]] == ["own", "temp", "cache"]
    assert reply.problems[0].startswith("There is no registry")


def test_what_a_batch_needs_comes_from_measured_sizes(asks: Asks) -> None:
    reply = asks("batch disk --plan 008")
    facts = reply.facts
    sizes = [one["bytes"] for one in asks("batch disk").facts["sites"]]
    assert facts["measured_sites"] == len(sizes)
    assert facts["per_site_bytes"] >= sum(sizes) / len(sizes)
    assert facts["need_bytes"] == facts["per_site_bytes"] * facts["sites"]
    assert (facts["enough"], reply.outcome) == (True, "fine")
    assert "2 times that is free" in reply.headline
    lines = [one.line for one in reply.proposals]
    assert lines == ["batch archive 002", "batch archive 003", "batch archive 004", "batch disk"]


def test_a_batch_that_is_built_needs_nothing(asks: Asks) -> None:
    assert asks("batch disk --plan 002").facts["need_bytes"] == 0


def test_without_a_site_nothing_can_be_estimated(asks: Asks, demo_host: Path) -> None:
    shutil.rmtree(demo_host / "sites")
    reply = asks("batch disk --plan 008")
    assert (reply.facts["need_bytes"], reply.facts["enough"]) == (None, None)


def test_too_little_room_is_trouble_and_offers_the_ladder(asks: Asks, demo_host: Path) -> None:
    with next((demo_host / "sites").iterdir()).joinpath("huge").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, 64 * MIB)
    listed = "".join(f"- site{number}.dev\n" for number in range(100_000))
    (demo_host / ".smbatcher/batches/Batch_009.md").write_text(listed)
    reply = asks("batch disk --plan 009")
    assert (reply.facts["enough"], reply.outcome) == (False, "trouble")
    assert "batch clean temp" in [one.line for one in reply.proposals]


def test_a_batch_that_there_is_not_is_said(asks: Asks) -> None:
    assert asks("batch disk --plan 099").headline.startswith("There is no batch 099")


@pytest.mark.privileged
def test_with_no_byte_left_for_our_own_files_the_diagnosis_still_answers(
    demo_host: Path, tmp_path: Path
) -> None:
    state = tmp_path / "small"
    state.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "small", state], check=True, timeout=30)
    house = house_of(settings_of(demo_host, state))
    try:
        ask_in(house, "batch disk")
        clock_of(house).move(120)
        with suppress(OSError), (state / "fill").open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 4096)
        reply = ask_in(house, "batch disk")
        assert reply.facts["level"] == "normal"
        # SQLite may still find room in pages that it has
        assert all(problem.startswith("These sizes could not be kept") for problem in reply.problems)
        assert reply.facts["own"]["level"] == "critical"
        assert reply.headline.startswith("Wavewarden's own disk is at critical: ")
        status = ask_in(house, "batch status --batch 001")
        assert f"Wavewarden's own disk is at critical, {size(0)} free: {state}." in str(status)
    finally:
        house.journal.close()
        subprocess.run(["umount", state], check=True, timeout=30)


def test_what_cannot_be_taken_back_is_offered_only_where_it_is_needed(asks: Asks, critical: House) -> None:
    assert "batch delete 002" not in [one.line for one in asks("batch disk").proposals]
    assert "batch delete 002" in [one.line for one in ask_in(critical, "batch disk").proposals]
