"""What a log line tells."""

from datetime import UTC, datetime

import pytest

from commands.ops.logs import log_lines


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("ERROR [agent pid 7] cannot allocate memory for the model context", "out_of_memory"),
        ("FATAL: MemoryError", "out_of_memory"),
        ("ERROR model API: read timed out after 60 s, attempt 1 of 5", "timeout"),
        ("ERROR model API: connection reset by peer", "network"),
        ("ERROR model API answered 529 overloaded", "network"),
        ("error: write failed: No space left on device", "disk"),
        ("ERROR lotus.dev: .smbatcher/designs/lotus.dev-DESIGN.md has no colors", "design"),
        ("Traceback (most recent call last):", "other"),
        ("INFO  timeout is set to 60 s", None),
        ("INFO  terrorfilms.com: done, i -> I", None),
    ],
)
def test_an_errors_kind(line: str, kind: str | None) -> None:
    assert log_lines.kind_of(line) == kind


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("agent-01 pid 28926 was killed by SIGKILL (exit code 137)", 137),
        ("agent-01 pid 28926 ended with exit code 0", 0),
        ("worker 3 exited with status 1", 1),
        ("wrote 137 bytes", None),
    ],
)
def test_an_exit_code(line: str, code: int | None) -> None:
    assert log_lines.exit_code(line) == code


def test_a_launch_and_its_processes() -> None:
    assert log_lines.started("[launcher pid 5] wave 2 of batch 001: 25 agents started") == 25
    assert log_lines.started("no site left to take; 3 done") is None
    assert log_lines.pids("[launcher pid 5] agent-01 pid 28926 ended") == (5, 28926)


@pytest.mark.parametrize(
    "stamp",
    ["2026-03-24T14:05:09Z", "[2026-03-24 14:05:09]", "2026-03-24T16:05:09+02:00", "2026-03-24 14:05:09,000"],
)
def test_when_it_was_written(stamp: str) -> None:
    assert log_lines.written_at(f"{stamp} ERROR x") == datetime(2026, 3, 24, 14, 5, 9, tzinfo=UTC)


def test_a_line_without_a_time_has_none() -> None:
    assert log_lines.written_at("Mar 24 14:05:09 host x") is None
    assert log_lines.written_at("2026-13-44T99:05:09Z x") is None
