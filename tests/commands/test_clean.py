"""`batch clean temp` and `batch clean cache`: planned, approved, run, on a real host."""

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commands.demo_host import host
from commands.ops import audit, reserve
from commands.ops.house import House
from commands.ops.operations import clean
from commands.reply import Lines, Reply
from tests.commands.conftest import VERA, Asks, house_of, settings_of
from tests.commands.full_disk import eaten, small_disk
from tests.commands.test_redeploy import ask_in, run_in
from tests.commands.watched import clock_of

MIB = 1024**2


@pytest.fixture(autouse=True)
def _today(house: House) -> None:
    clock_of(house).at = datetime.now(UTC)


@pytest.fixture
def temp(demo_host: Path) -> Path:
    return demo_host / ".smbatcher/tmp"


def left(path: Path, data: bytes = b"x") -> Path:
    """A file that was left two hours ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    at = (datetime.now(UTC) - timedelta(hours=2)).timestamp()
    os.utime(path, (at, at))
    return path


def cleaned(house: House, what: str = "temp") -> Reply:
    plan = ask_in(house, f"batch clean {what}")
    return run_in(house, plan.facts["plan"])


def test_the_plan_tells_every_file_and_what_it_frees(asks: Asks, temp: Path) -> None:
    files = {f".smbatcher/tmp/{path.name}" for path in temp.iterdir()}
    reply = asks("batch clean temp")
    assert set(reply.facts["targets"]) == files
    assert (reply.facts["tier"], reply.facts["state"]) == ("confirm", "pending")
    assert "old temp files" in reply.headline


def test_a_cleanup_frees_what_the_fault_took(house: House, demo_host: Path, temp: Path) -> None:
    host.break_host(demo_host, "disk")
    reply = cleaned(house)
    assert reply.facts["state"] == "done"
    assert list(temp.iterdir()) == []
    assert [one.line for one in reply.proposals] == ["batch disk"]


def test_the_cache_is_cleaned_by_its_own_line(house: House, demo_host: Path, temp: Path) -> None:
    before = set(temp.iterdir())
    assert cleaned(house, "cache").facts["state"] == "done"
    assert list((demo_host / ".smbatcher/design-cache").iterdir()) == []
    assert set(temp.iterdir()) == before


def test_files_in_use_and_young_ones_stay_and_are_told(house: House, temp: Path) -> None:
    (temp / "young").write_text("x")
    with left(temp / "open").open():
        plan = ask_in(house, "batch clean temp")
        assert "1 in use, 1 too young stay" in plan.headline
        assert Lines(("young",), "Changed too lately, and left alone") in plan.parts
        assert run_in(house, plan.facts["plan"]).facts["state"] == "done"
    assert {path.name for path in temp.iterdir()} == {"young", "open"}


def test_what_was_changed_opened_or_made_after_the_plan_stays(house: House, temp: Path) -> None:
    left(temp / "written")
    left(temp / "opened")
    plan = ask_in(house, "batch clean temp").facts["plan"]
    (temp / "written").write_text("more")
    (temp / "new").write_text("x")
    with (temp / "opened").open():
        reply = run_in(house, plan)
    assert reply.facts["state"] == "done"
    assert set(reply.facts["skipped"]) == {".smbatcher/tmp/written", ".smbatcher/tmp/opened"}
    assert {path.name for path in temp.iterdir()} == {"written", "opened", "new"}


def test_a_file_that_is_replaced_by_another_of_its_age_makes_the_plan_stale(house: House, temp: Path) -> None:
    left(temp / "file")
    plan = ask_in(house, "batch clean temp").facts["plan"]
    left(temp / "other").rename(temp / "file")
    reply = run_in_any(house, plan)
    assert reply.facts["state"] == "stale"
    assert (temp / "file").exists()


def run_in_any(house: House, plan: str) -> Reply:
    ask_in(house, f"batch approve {plan}")
    return ask_in(house, f"batch run {plan}")


def test_a_directory_that_became_a_link_meanwhile_is_not_followed(
    house: House, temp: Path, tmp_path: Path
) -> None:
    kept = left(tmp_path / "elsewhere/file")
    left(temp / "inside/file")
    plan = ask_in(house, "batch clean temp").facts["plan"]
    (temp / "inside/file").unlink()
    (temp / "inside").rmdir()
    (temp / "inside").symlink_to(tmp_path / "elsewhere")
    assert run_in_any(house, plan).facts["state"] == "done"
    assert kept.exists()


def test_more_than_one_plan_takes_go_the_biggest_first(
    house: House, temp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clean, "MOST", 2)
    for name, size in (("big", 3 * MIB), ("bigger", 4 * MIB), ("small", MIB)):
        left(temp / name, b"x" * size)
    reply = ask_in(house, "batch clean temp")
    assert set(reply.facts["targets"]) == {".smbatcher/tmp/big", ".smbatcher/tmp/bigger"}
    assert run_in(house, reply.facts["plan"]).facts["state"] == "done"
    assert (temp / "small").exists()


def test_nothing_to_clean_is_said(asks: Asks, temp: Path) -> None:
    for path in temp.iterdir():
        path.unlink()
    (temp / "young").write_text("x")
    reply = asks("batch clean temp")
    assert reply.outcome == "usage"
    assert reply.headline == "There is nothing to clean in .smbatcher/tmp: 1 too young stay."


def test_a_viewer_may_not_clean(asks: Asks) -> None:
    assert asks("batch clean temp", VERA).outcome == "refused"


def test_the_diagnosis_offers_the_rungs_that_free_something(asks: Asks) -> None:
    lines = [one.line for one in asks("batch disk").proposals]
    assert lines[:2] == ["batch clean temp", "batch clean cache"]


@pytest.mark.privileged
def test_a_small_disk_that_is_really_full_has_room_again(small_demo_host: Path, tmp_path: Path) -> None:
    root = tmp_path / "disk"
    root.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128m", "small", root], check=True, timeout=30)
    shutil.copytree(small_demo_host, root / "host", symlinks=True)
    house = house_of(settings_of(root / "host", tmp_path / "state"))
    clock_of(house).at = datetime.now(UTC)
    try:
        assert "The file system of the host was filled" in host.break_host(root / "host", "disk")
        full = ask_in(house, "batch disk")
        assert full.facts["level"] == "critical"
        gain = sum(one["gain_bytes"] for one in full.facts["ladder"] if one["name"] in ("temp", "cache"))
        assert [one.line for one in full.proposals][:5] == [
            "batch relieve",
            "batch hold",
            "batch stop",
            "batch clean temp",
            "batch clean cache",
        ]
        cleaned(house)
        cleaned(house, "cache")
        after = ask_in(house, "batch disk")
        assert after.facts["level"] == "alert"
        assert after.facts["free_bytes"] - full.facts["free_bytes"] == pytest.approx(gain, rel=0.01)
    finally:
        house.journal.close()
        subprocess.run(["umount", root], check=True, timeout=30)


@pytest.mark.privileged
@pytest.mark.parametrize("line", ["batch clean temp", "batch relieve"])
def test_a_plan_of_thousands_of_files_fits_into_the_room_set_aside(
    demo_host: Path, tmp_path: Path, line: str
) -> None:
    """Our own disk is full, and everything that gets free on it is taken at once: as much as fits is cleaned."""
    for number in range(1000):
        left(demo_host / f".smbatcher/tmp/old-{number}")
    with small_disk(tmp_path / "disk", "1m") as disk:
        house = house_of(settings_of(demo_host, disk / "state"))
        clock_of(house).at = datetime.now(UTC)
        try:
            assert reserve.keep(house.journal)
            with eaten(disk):
                plan = ask_in(house, line)
                assert 10 < len(plan.facts["targets"]) < 1000
                assert run_in(house, plan.facts["plan"]).facts["state"] == "done"
                assert audit.broken(house.journal.connection()) is None
        finally:
            house.journal.close()


@pytest.mark.privileged
def test_where_nothing_can_be_written_at_all_it_is_said(demo_host: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        house = house_of(settings_of(demo_host, disk / "state"))
        clock_of(house).at = datetime.now(UTC)
        try:
            house.journal.connection()  # without room set aside
            for number in range(1000):
                left(demo_host / f".smbatcher/tmp/old-{number}")
            with eaten(disk):
                reply = [ask_in(house, "batch clean temp") for _ in range(20)][-1]  # each is a plan more
            assert reply.outcome == "failed"
            assert reply.headline.startswith(
                f"Nothing can be written down any more: the disk of {disk / 'state'}"
            )
        finally:
            house.journal.close()
