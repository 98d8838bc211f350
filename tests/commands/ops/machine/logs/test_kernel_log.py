"""Kills for want of memory, from the kernel's log or from the journal of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commands.ops.machine.logs import kernel_log
from commands.ops.machine.logs.kernel_log import OomKill, Unreadable

NOW = datetime(2026, 11, 22, 3, 12, tzinfo=UTC)
KILL = "Out of memory: Killed process 4711 (opus-agent) total-vm:9000kB, anon-rss:8000kB"


def journalctl(directory: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = directory / "journalctl"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(directory), prepend=":")


def test_a_kill_in_the_kernels_log(tmp_path: Path) -> None:
    kmsg = tmp_path / "kmsg"
    kmsg.write_text(f"3,339,5140900,-;{KILL}\n")
    [kill] = kernel_log.oom_kills(NOW, kmsg)
    assert (kill.pid, kill.name) == (4711, "opus-agent")
    assert kill.at is not None
    assert kill.at < NOW


def test_a_kill_within_a_control_group_counts_too(tmp_path: Path) -> None:
    kmsg = tmp_path / "kmsg"
    kmsg.write_text("3,1,-,-;Memory cgroup out of memory: Killed process 12 (python3) total-vm:1kB\n")
    assert kernel_log.oom_kills(NOW, kmsg) == (OomKill(12, "python3", None, limited=True),)


def test_where_the_device_may_not_be_read_the_journal_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = NOW - timedelta(minutes=3)
    journalctl(tmp_path, monkeypatch, f"echo '{at.timestamp():.6f} host kernel: {KILL}'")
    assert kernel_log.oom_kills(NOW, tmp_path / "none") == (OomKill(4711, "opus-agent", at),)


@pytest.mark.parametrize("script", ["exit 1", "echo '-- No entries --'"])
def test_where_neither_may_be_read_it_is_said(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journalctl(tmp_path, monkeypatch, script)
    with pytest.raises(Unreadable):
        kernel_log.oom_kills(NOW, tmp_path / "none")


def test_this_machines_own_log_is_read_or_refused() -> None:
    try:
        kills = kernel_log.oom_kills(datetime.now(UTC))
    except Unreadable:
        return
    assert all(kill.pid > 0 for kill in kills)
