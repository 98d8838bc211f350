"""Other programs, run to their end."""

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from commands.ops.machine.tools import Ran, printing, run

CAP = 1000


def sh(script: str, cwd: Path, timeout: float = 30, max_bytes: int = CAP) -> Ran:
    return run(["sh", "-c", script], cwd=cwd, timeout=timeout, max_bytes=max_bytes)


def is_alive(pid: int) -> bool:
    """Whether this process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0] != b"Z"
    except FileNotFoundError:
        return False


def test_what_it_printed_and_its_code_are_told(tmp_path: Path) -> None:
    assert sh("echo out; echo err >&2; exit 3", tmp_path) == Ran(
        3, b"out\n", b"err\n", truncated=False, timed_out=False
    )


def test_a_signal_is_a_negative_code(tmp_path: Path) -> None:
    assert sh("kill -9 $$", tmp_path).code == -9


def test_only_the_last_bytes_are_kept(tmp_path: Path) -> None:
    ran = sh("seq 100000; echo end", tmp_path, max_bytes=10)
    assert ran.stdout == b"00000\nend\n"[-10:]
    assert ran.truncated


def test_it_runs_in_its_directory_without_input(tmp_path: Path) -> None:
    assert sh("pwd; cat", tmp_path).stdout == f"{tmp_path}\n".encode()


def test_arguments_are_no_shell_s(tmp_path: Path) -> None:
    ran = run(["printf", "%s", "$(id); x"], cwd=tmp_path, timeout=30, max_bytes=CAP)
    assert ran.stdout == b"$(id); x"


def test_past_its_time_it_is_killed_with_all_it_started(tmp_path: Path) -> None:
    ran = sh("sleep 600 & echo $!; wait", tmp_path, timeout=0.3)
    assert (ran.timed_out, ran.code) == (True, -9)
    child = int(ran.stdout)
    deadline = time.monotonic() + 30
    while is_alive(child):
        assert time.monotonic() < deadline
        os.sched_yield()


def test_one_that_ignores_everything_is_killed_as_well(tmp_path: Path) -> None:
    assert sh("trap '' TERM INT HUP; while :; do sleep 1; done", tmp_path, timeout=0.3).timed_out


def test_what_it_leaves_in_the_background_is_not_waited_for(tmp_path: Path) -> None:
    begin = time.monotonic()
    ran = sh("sleep 600 & echo $!", tmp_path)
    assert ran.code == 0
    assert not ran.timed_out
    assert time.monotonic() - begin < 30
    os.kill(int(ran.stdout), 9)


def test_a_program_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        run(["no-such-program"], cwd=tmp_path, timeout=1, max_bytes=1)


def test_several_threads_may_run_programs_at_once(tmp_path: Path) -> None:
    printed: list[bytes] = []
    argv = [sys.executable, "-c", "print('x' * 200_000)"]
    threads = [
        threading.Thread(
            target=lambda: printed.append(run(argv, cwd=tmp_path, timeout=60, max_bytes=10**6).stdout)
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert printed == [b"x" * 200_000 + b"\n"] * 4


def printed(script: str, cwd: Path, entry: bytes = b"", timeout: float = 30) -> bytes:
    argv = ["sh", "-c", script]
    with printing(argv, cwd=cwd, timeout=timeout, env=dict(os.environ), entry=entry) as output:
        return output.read()


def test_more_than_a_pipe_holds_is_read_and_printed(tmp_path: Path) -> None:
    entry = os.urandom(3_000_000)
    assert printed("cat", tmp_path, entry) == entry


def test_what_prints_for_ever_is_ended_with_its_time_or_with_its_reader(tmp_path: Path) -> None:
    assert printed("echo one; exec sleep 60", tmp_path, timeout=0.2) == b"one\n"
    with printing(["yes"], cwd=tmp_path, timeout=30, env=dict(os.environ), entry=b"") as output:
        assert output.readline() == b"y\n"


def test_a_program_that_is_not_there_cannot_print(tmp_path: Path) -> None:
    with (
        pytest.raises(FileNotFoundError),
        printing([str(tmp_path / "none")], cwd=tmp_path, timeout=1, env={}, entry=b""),
    ):
        pass
