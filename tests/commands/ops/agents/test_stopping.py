"""Stopping: who is meant, and who is not."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from commands.ops.agents import stopping
from commands.ops.agents.agents import Agent
from commands.ops.house import House
from tests.commands.ops.conftest import Spawn

STARTS = """
import subprocess, sys
waits = "import signal; print('up', flush=True); signal.pause()"
child = subprocess.Popen([sys.executable, "-c", waits], stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, flush=True)
sys.stdin.read()
"""


def has_ended(pidfd: int) -> bool:
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return bool(poll.poll(0))


def pids(found: tuple[Agent, ...]) -> list[int]:
    return [one.pid for one in found]


@pytest.fixture
def wave_5(agent: Spawn) -> subprocess.Popen[bytes]:
    return agent("opus", "--batch", "001", "--wave", "5")


@pytest.fixture
def wave_6(agent: Spawn) -> subprocess.Popen[bytes]:
    return agent("opus", "--batch", "001", "--wave", "6")


@pytest.fixture
def unclear(agent: Spawn) -> subprocess.Popen[bytes]:
    return agent("opus", "--batch", "001")


def test_without_a_wave_all_are_meant(
    bare_house: House,
    wave_5: subprocess.Popen[bytes],
    wave_6: subprocess.Popen[bytes],
    unclear: subprocess.Popen[bytes],
) -> None:
    found = stopping.look(bare_house)
    assert pids(found.agents) == [wave_5.pid, wave_6.pid, unclear.pid]
    assert found.left_out == ()


def test_of_a_wave_only_those_that_are_known_to_be_of_it(
    bare_house: House,
    wave_5: subprocess.Popen[bytes],
    wave_6: subprocess.Popen[bytes],
    unclear: subprocess.Popen[bytes],
) -> None:
    found = stopping.look(bare_house, wave=5)
    assert (pids(found.agents), pids(found.left_out)) == ([wave_5.pid], [unclear.pid])
    assert stopping.look(bare_house, wave=5, batch="002").left_out == ()
    assert pids(stopping.look(bare_house, wave=6, batch="001").agents) == [wave_6.pid]


def test_a_launcher_of_the_wave_comes_first(
    bare_house: House, wave_5: subprocess.Popen[bytes], spawn: Spawn, root: Path
) -> None:
    script = root / "tools" / "mimplement-bg.sh"
    script.write_text("read word\n")
    launcher = spawn("sh", str(script), "--batch", "001", "--wave", "5")
    found = stopping.look(bare_house, wave=5)
    assert (pids(found.launchers), pids(found.agents)) == ([launcher.pid], [wave_5.pid])


def test_look_alikes_are_never_meant(bare_house: House, spawn: Spawn, root: Path) -> None:
    (root / "opus.log").touch()
    spawn("tail", "-f", "opus.log")
    found = stopping.look(bare_house)
    assert (found.launchers, found.agents, found.left_out) == ((), (), ())


def test_an_agent_ends_with_all_that_it_started(bare_house: House, spawn: Spawn) -> None:
    parent = spawn(sys.executable, "-c", STARTS, "opus")
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    watched = os.pidfd_open(child)
    assert not has_ended(watched)
    found = stopping.look(bare_house)
    meant = tuple(stopping.identity_of(one, found.user) for one in found.agents)
    ended = stopping.carry_out(bare_house, meant)
    assert [(one.identity.pid, one.how) for one in ended.endings] == [(parent.pid, "term"), (child, "term")]
    assert has_ended(watched)
    os.close(watched)


def test_nothing_is_written_while_it_is_carried_out(
    bare_house: House, wave_5: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    found = stopping.look(bare_house)
    stopping.carry_out(bare_house, tuple(stopping.identity_of(one, found.user) for one in found.agents))
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    assert wave_5.wait() == -signal.SIGTERM
