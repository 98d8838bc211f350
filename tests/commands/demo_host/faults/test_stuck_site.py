"""`stuck-site`: lotus.dev fails again and again."""

import subprocess
from pathlib import Path

from commands.demo_host import host
from commands.demo_host.hosttools import registry
from tests.commands.demo_host.running import IMPLEMENT, status_of, tool, wait_for_the_end


def test_history_logs_and_status_tell_of_four_attempts(demo_host: Path) -> None:
    assert host.break_host(demo_host, "stuck-site").startswith("lotus.dev has failed 4 times, stays at i")
    log = (demo_host / "logs/wave-2.log").read_text()
    assert log.count("lotus.dev: agent timed out after 600 s") == 4
    assert status_of(demo_host, "lotus.dev") == "i"
    git = ["git", "-C", str(demo_host), "log", "--reverse", "--format=%s", "-7"]
    subjects = subprocess.check_output(git, text=True).splitlines()
    assert subjects[-3:] == [
        "lotus.dev: attempt 3",
        "lotus.dev: back to D for attempt 4",
        "lotus.dev: attempt 4",
    ]


def test_the_registry_is_committed_as_it_is(demo_host: Path) -> None:
    host.break_host(demo_host, "stuck-site")
    assert subprocess.check_output(["git", "-C", str(demo_host), "status", "--porcelain"]) == b""


def test_the_next_attempt_fails_too(demo_host: Path) -> None:
    host.break_host(demo_host, "stuck-site")
    registry.move_site(str(demo_host), "lotus.dev", "i", "D")
    tool(demo_host, IMPLEMENT, "--batch", "001", "--max-agents", "1", "--sites", "lotus.dev")
    wait_for_the_end(demo_host)
    assert status_of(demo_host, "lotus.dev") == "i"
    assert "ended with exit code 124" in (demo_host / "logs/wave-2.log").read_text()
    assert not (demo_host / "sites/lotus.dev-v1").exists()


def test_other_sites_are_untouched(demo_host: Path) -> None:
    before = registry.read_rows(str(demo_host))
    host.break_host(demo_host, "stuck-site")
    changed = set(registry.read_rows(str(demo_host))) - set(before)
    assert [row.domain for row in changed] == ["lotus.dev"]
