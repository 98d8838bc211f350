"""Identities of processes, and of what they started."""

import os
import sys
from dataclasses import replace
from pathlib import Path

from commands.ops.machine.processes import identities
from tests.commands.ops.conftest import Spawn

PROC = Path("/proc")
STARTS = """
import subprocess, sys
waits = "import sys; print('up', flush=True); sys.stdin.read()"
child = subprocess.Popen([sys.executable, "-c", waits], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, flush=True)
sys.stdin.read()
"""


def test_a_process_is_itself_while_it_lives(agent: Spawn) -> None:
    process = agent("opus")
    meant = identities.at(PROC, process.pid)
    assert meant is not None
    assert meant.argv[-1] == "opus"
    assert identities.difference(meant, identities.at(PROC, process.pid)) is None


def test_a_process_that_has_ended_is_none_before_its_parent_asks(agent: Spawn) -> None:
    process = agent("opus")
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert identities.at(PROC, process.pid) is None


def test_a_tree_is_a_process_and_what_it_started(spawn: Spawn) -> None:
    parent = spawn(sys.executable, "-c", STARTS)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    top = identities.at(PROC, parent.pid)
    assert top is not None
    assert [one.pid for one in identities.trees(PROC, [top])] == [parent.pid, child]


def test_a_stranger_with_a_known_number_brings_no_children_in(spawn: Spawn) -> None:
    parent = spawn(sys.executable, "-c", STARTS)
    assert parent.stdout is not None
    assert parent.stdout.readline()
    top = identities.at(PROC, parent.pid)
    assert top is not None
    other = replace(top, started_ticks=top.started_ticks - 1)
    assert identities.trees(PROC, [other]) == (other,)


def test_a_line_goes_from_us_to_the_first_process() -> None:
    line = list(identities.line_above(PROC, os.getpid()))
    assert line[:2] == [os.getpid(), os.getppid()]
    assert line[-1] == 1
