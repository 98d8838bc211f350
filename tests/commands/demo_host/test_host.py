"""A demo host from the outside."""

from pathlib import Path

import pytest

from commands.demo_host import host
from commands.demo_host.errors import HostError
from commands.demo_host.faults import FAULTS
from tests.commands.demo_host.running import counts, rows, wait_for_the_end

Snapshot = dict[str, tuple[int, int, bytes]]


def snapshot(directory: Path) -> Snapshot:
    return {
        str(path): (
            path.lstat().st_mtime_ns,
            path.lstat().st_mode,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in [directory, *directory.rglob("*")]
    }


def test_the_same_seed_makes_the_same_host(tmp_path: Path) -> None:
    for name in ("one", "two"):
        host.make(tmp_path / name, 75, now=1_790_000_000.0, with_history=False)
    assert rows(tmp_path / "one") == rows(tmp_path / "two")


def test_a_demo_host_is_made_anew_and_its_agents_are_ended(demo_host: Path) -> None:
    host.start_wave(demo_host)
    assert (
        host.make(demo_host, 30)
        == f"A batch host of 30 sites is in {demo_host}; wave 2 of batch 001 runs next."
    )
    assert len(rows(demo_host)) == 30
    assert host.stop(demo_host) == "No process of this demo host was running."


def test_a_host_without_history_has_no_repository(tmp_path: Path) -> None:
    host.make(tmp_path, 75, with_history=False)
    assert not (tmp_path / ".git").exists()


def test_the_next_wave_is_started_when_none_is_named(demo_host: Path) -> None:
    assert host.start_wave(demo_host).startswith("Wave 2 of batch 001: 25 agents started")


def test_a_wave_that_is_not_there_is_refused_in_the_tools_words(demo_host: Path) -> None:
    with pytest.raises(HostError, match="batch 001 has no wave 9, only 1 to 3"):
        host.start_wave(demo_host, 9)


def test_an_unknown_fault_is_refused_with_the_known_ones(demo_host: Path) -> None:
    with pytest.raises(HostError, match="no fault 'flood'; there are crash, slow, duplicates"):
        host.break_host(demo_host, "flood")


def test_every_fault_of_the_design_is_there() -> None:
    assert {fault.name for fault in FAULTS} == {
        "crash", "slow", "duplicates", "conflicts", "disk", "stuck-site", "half-finalized", "lost-rows", "exhausted",
    }  # fmt: skip


def test_nothing_outside_the_directory_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo_host: Path
) -> None:
    sibling = tmp_path / "sibling"
    (sibling / "sites" / "lotus.dev-v1").mkdir(parents=True)
    (sibling / "sites" / "lotus.dev-v1" / "index.html").write_text("not yours")
    monkeypatch.chdir(sibling)
    monkeypatch.setenv("GIT_DIR", str(sibling / ".git"))
    before = snapshot(sibling)
    monkeypatch.setenv("DEMO_HOST_SPEED", "1000")
    host.start_wave(demo_host)
    wait_for_the_end(demo_host)
    monkeypatch.setenv("DEMO_HOST_SPEED", "1")
    for fault in FAULTS:
        if fault.name != "exhausted":  # it only starts processes
            host.make(demo_host, 75)
            host.break_host(demo_host, fault.name, size=1_000_000 if fault.name == "disk" else None)
    host.stop(demo_host)
    assert snapshot(sibling) == before
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["host", "sibling"]


def test_a_host_of_one_site_can_run_its_wave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_HOST_SPEED", "1000")
    host.make(tmp_path, 1, with_history=False)
    host.start_wave(tmp_path)
    wait_for_the_end(tmp_path)
    assert counts(tmp_path) == {"I": 1}


def test_the_next_wave_starts_only_when_the_last_is_done(
    demo_host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO_HOST_SPEED", "1000")
    assert "Wave 2" in (host.go_on(demo_host) or "")
    assert host.go_on(demo_host) is None, "wave 2 runs"
    wait_for_the_end(demo_host)
    assert "Wave 3" in (host.go_on(demo_host) or "")


def test_no_wave_starts_after_a_crash_or_on_hold(demo_host: Path) -> None:
    (demo_host / ".smbatcher/HOLD").touch()
    assert host.go_on(demo_host) is None
    (demo_host / ".smbatcher/HOLD").unlink()
    host.break_host(demo_host, "crash")
    host.stop(demo_host)
    assert host.go_on(demo_host) is None
