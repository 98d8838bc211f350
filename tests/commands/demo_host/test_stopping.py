"""Ending what the host started, and nobody else."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.demo_host import host
from commands.demo_host.hosttools import processes
from commands.demo_host.hosttools.processes import Record
from tests.commands.demo_host.running import IMPLEMENT, tool


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A process that is none of ours."""
    with subprocess.Popen([sys.executable, "-S", "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def test_a_running_wave_is_ended_with_its_launcher(demo_host: Path) -> None:
    host.start_wave(demo_host)
    before = processes.living(str(demo_host))
    assert len(before) == 26
    assert host.stop(demo_host) == "Ended 25 agents and 1 launcher."
    assert not any(processes.lives(record) for record in before)
    assert not processes.records(str(demo_host))


def test_agents_that_a_tool_started_by_hand_are_ended_too(demo_host: Path) -> None:
    tool(demo_host, IMPLEMENT, "--batch", "001", "--max-agents", "2", "--sites", "lotus.dev", speed=1)
    assert host.stop(demo_host) == "Ended 1 agent and 1 launcher."


def test_an_agent_that_cannot_answer_is_killed(demo_host: Path) -> None:
    tool(demo_host, IMPLEMENT, "--batch", "001", "--max-agents", "1", "--sites", "lotus.dev", speed=1)
    [agent] = [record for record in processes.living(str(demo_host)) if record.role == "agent"]
    processes.send(agent, signal.SIGSTOP)
    host.stop(demo_host)
    assert not processes.lives(agent)


def test_agents_are_ended_after_their_launcher_was_killed(demo_host: Path) -> None:
    host.start_wave(demo_host)
    [launcher] = [record for record in processes.living(str(demo_host)) if record.role == "launcher"]
    processes.send(launcher, signal.SIGKILL, wait=5)
    assert host.stop(demo_host) == "Ended 25 agents."


def test_a_stranger_with_a_recorded_pid_lives_on(demo_host: Path, stranger: subprocess.Popen[bytes]) -> None:
    start = processes.start_ticks(stranger.pid)
    assert start is not None
    processes.keep(str(demo_host), Record(stranger.pid, start - 1, processes.boot_id(), "agent", "001", "2"))
    assert host.stop(demo_host) == "No process of this demo host was running."
    assert stranger.poll() is None


def test_a_record_of_an_earlier_boot_signals_nobody(stranger: subprocess.Popen[bytes]) -> None:
    start = processes.start_ticks(stranger.pid)
    assert start is not None
    record = Record(stranger.pid, start, "another-boot", "agent", "001", "2")
    assert processes.send(record, signal.SIGKILL)
    assert stranger.poll() is None
    assert not processes.lives(record)


def test_a_host_at_rest_has_nothing_to_end(demo_host: Path) -> None:
    assert host.stop(demo_host) == "No process of this demo host was running."


def test_our_own_start_time_is_known() -> None:
    assert processes.start_ticks(os.getpid())
