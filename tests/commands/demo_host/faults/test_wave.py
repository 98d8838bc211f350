"""Faults of a running wave: `crash`, `slow`."""

from pathlib import Path

import pytest

from commands.demo_host import host
from commands.demo_host.errors import HostError
from commands.demo_host.hosttools import processes, settings
from commands.demo_host.hosttools.settings import Settings
from tests.commands.demo_host.running import counts, wait_for_the_end


def agents(root: Path) -> list[processes.Record]:
    return [record for record in processes.living(str(root)) if record.role == "agent"]


def test_a_crash_kills_most_agents_of_the_running_wave(demo_host: Path) -> None:
    host.start_wave(demo_host)
    before = agents(demo_host)
    said = host.break_host(demo_host, "crash")
    assert said == "22 of 25 agents of wave 2 of batch 001 were killed with SIGKILL."
    assert agents(demo_host) == before[:3]
    assert counts(demo_host, wave="2") == {"i": 25}


def test_a_crash_leaves_errors_and_exit_codes_in_the_log(demo_host: Path) -> None:
    host.break_host(demo_host, "crash")
    settings.write(str(demo_host), Settings(speed=1000))  # the survivors hurry up
    wait_for_the_end(demo_host)
    log = (demo_host / "logs/wave-2.log").read_text()
    assert log.count("cannot allocate memory") == 22
    assert log.count("was killed by SIGKILL (exit code 137)") == 22
    assert "all agents have ended, 22 of them badly" in log


def test_a_crash_starts_a_wave_where_none_runs(demo_host: Path) -> None:
    host.break_host(demo_host, "crash")
    assert len(agents(demo_host)) == 3


def test_a_crash_under_hold_is_refused(demo_host: Path) -> None:
    (demo_host / ".smbatcher/HOLD").touch()
    with pytest.raises(HostError, match="Launches are on hold"):
        host.break_host(demo_host, "crash")


def test_slow_agents_go_on_at_a_twentieth_of_the_speed(demo_host: Path) -> None:
    said = host.break_host(demo_host, "slow")
    assert said == "The 25 agents of wave 2 of batch 001 now work 20 times slower."
    assert settings.read(str(demo_host)).slowdown == 20
    assert len(agents(demo_host)) == 25


def test_nothing_can_crash_where_every_site_is_done(demo_host: Path) -> None:
    host.break_host(demo_host, "half-finalized")
    with pytest.raises(HostError, match="No site of batch 001 waits at D"):
        host.break_host(demo_host, "crash")
