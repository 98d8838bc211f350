"""Processes as the kernel shows them."""

import os
import sys
from pathlib import Path

import pytest

from commands.ops.machine.processes import processes
from commands.ops.machine.processes.families import families
from commands.ops.machine.processes.process_stat import Stat, parse_stat
from tests.commands.ops.conftest import Spawn

PROC = Path("/proc")
# A real line: tcomm is any 15 bytes, parentheses and blanks included.
LINE = (
    b"4711 (a) b (c) S 12 4711 4711 0 -1 4194304 162 0 0 0 7 5 0 0 20 0 1 0 188577 5861376 742 18446744073709551615 "
    b"1 1 0 0 0 0 0 0 65536 1 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n"
)


def test_a_stat_line_is_counted_from_its_last_parenthesis() -> None:
    assert parse_stat(LINE) == Stat("S", 12, 188577, 12, 742)


@pytest.mark.parametrize("line", [b"", b"4711 (a) S 12", b"4711 (a"])
def test_a_cut_stat_line_is_a_value_error(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"substring|subsection|cut short"):
        parse_stat(line)


@pytest.mark.parametrize(
    ("line", "argv"),
    [
        (b"python3\0opus.py\0--wave\x005\0", ("python3", "opus.py", "--wave", "5")),
        (b"x\0\0y\0", ("x", "", "y")),
        (b"opus: wave 5      \0\0\0", ("opus:", "wave", "5")),
        (b"opus\xff\0x\0", ("opus\\xff", "x")),
    ],
)
def test_a_command_line_is_cut_into_words(line: bytes, argv: tuple[str, ...]) -> None:
    assert processes.argv_of(line) == argv


def test_a_process_is_seen_with_its_details(spawn: Spawn, root: Path) -> None:
    child = spawn("sleep", "600")
    line = processes.command_lines(PROC).lines[child.pid]
    assert line == b"sleep\x00600\0"
    found = processes.process(PROC, child.pid, line)
    assert found is not None
    assert (found.parent, found.user, found.cwd) == (os.getpid(), os.geteuid(), str(root))
    assert found.argv == ("sleep", "600")
    assert found.program is not None
    assert Path(found.program).name in ("sleep", "coreutils", "busybox")


def test_kernel_threads_and_zombies_have_no_command_line(spawn: Spawn) -> None:
    child = spawn("true")
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    lines = processes.command_lines(PROC).lines
    assert child.pid not in lines
    assert processes.process(PROC, child.pid, b"true\0") is None
    assert os.getpid() in lines


def test_a_process_that_ended_meanwhile_is_none(spawn: Spawn) -> None:
    child = spawn("true")
    child.communicate()
    assert processes.process(PROC, child.pid, b"true\0") is None
    assert families(PROC, [child.pid]).usage(child.pid) is None


def test_a_family_is_who_started_whom(spawn: Spawn) -> None:
    # The child itself says its number: until its exec is over it has no command line yet.
    child_script = "import os, sys; print(os.getpid(), flush=True); sys.stdin.read()"
    script = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child_script!r}])"
    parent = spawn(sys.executable, "-c", script)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    found = families(PROC, processes.command_lines(PROC).lines)
    assert found.tree(parent.pid) == [parent.pid, child]
    assert list(found.ancestors(child))[:2] == [parent.pid, os.getpid()]
    usage = found.usage(parent.pid)
    alone = found.usage(child)
    assert usage is not None
    assert alone is not None
    assert usage.rss_bytes > alone.rss_bytes > 0
    parent.communicate()


def test_numbers_that_were_given_anew_between_two_reads_make_no_endless_loop(tmp_path: Path) -> None:
    """Each of two processes seems to be the other's parent."""
    for pid, parent in ((1, 2), (2, 1)):
        (tmp_path / str(pid)).mkdir()
        (tmp_path / str(pid) / "stat").write_bytes(LINE.replace(b" S 12 ", b" S %d " % parent))
    found = families(tmp_path, [1, 2])
    assert found.tree(1) == [1, 2]
    assert list(found.ancestors(1)) == [2]
