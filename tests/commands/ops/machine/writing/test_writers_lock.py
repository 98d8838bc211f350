"""The lock that the host's tools take."""

import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.ops.machine.clock import SystemClock
from commands.ops.machine.locks.lock_file import LockHeldError
from commands.ops.machine.writing.writers_lock import held
from tests.commands.ops.conftest import Spawn

CLOCK = SystemClock()

HOLDS = """
import fcntl, sys
with open(sys.argv[1], "ab") as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    print("held", flush=True)
    sys.stdin.readline()
print("free", flush=True)
"""

TAKES_AGAIN_AND_AGAIN = """
import fcntl, sys
print("held", flush=True)
while True:
    with open(sys.argv[1], "ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "REGISTRY.md"
    path.touch(0o644)
    return path


@pytest.fixture
def lock(path: Path) -> Path:
    return path.with_name("REGISTRY.md.lock")


def tool(spawn: Spawn, lock: Path, program: str = HOLDS) -> subprocess.Popen[bytes]:
    process = spawn(sys.executable, "-S", "-c", program, str(lock))
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


@pytest.fixture
def others_try(lock: Path) -> Iterator[int]:
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT)
    yield descriptor
    os.close(descriptor)


def is_free(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    return True


def test_others_are_kept_out_for_as_long_as_the_block_takes(path: Path, lock: Path, others_try: int) -> None:
    with held(lock, path, 1, CLOCK):
        assert not is_free(others_try)
    assert is_free(others_try)
    assert lock.exists()


def test_a_tool_that_holds_it_is_waited_for(spawn: Spawn, path: Path, lock: Path) -> None:
    holder = tool(spawn, lock)

    class Clock(SystemClock):
        def wait(self, seconds: float, until: threading.Event) -> bool:
            assert holder.stdin is not None
            holder.stdin.write(b"\n")
            holder.stdin.flush()
            return super().wait(seconds, until)

    with held(lock, path, 10, Clock()):
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"free\n"


def test_a_tool_that_never_gives_it_up_is_waited_for_so_long(spawn: Spawn, path: Path, lock: Path) -> None:
    holder = tool(spawn, lock)
    with pytest.raises(LockHeldError), held(lock, path, 0.05, CLOCK):
        pass
    assert holder.poll() is None


def test_whoever_waited_too_long_does_not_keep_the_lock_afterwards(
    spawn: Spawn, path: Path, lock: Path
) -> None:
    holder = tool(spawn, lock)
    with pytest.raises(LockHeldError), held(lock, path, 0.01, CLOCK):
        pass
    holder.kill()
    with held(lock, path, 10, CLOCK):
        pass


def test_it_is_free_at_once_when_its_holder_is_killed(spawn: Spawn, path: Path, lock: Path) -> None:
    holder = tool(spawn, lock)
    holder.kill()
    holder.wait()
    with held(lock, path, 0, CLOCK):
        pass


def test_one_gets_in_among_tools_that_take_it_again_and_again(spawn: Spawn, path: Path, lock: Path) -> None:
    for _ in range(3):
        tool(spawn, lock, TAKES_AGAIN_AND_AGAIN)
    with held(lock, path, 20, CLOCK):
        pass


def test_a_lock_file_that_somebody_deleted_meanwhile_is_taken_anew(
    path: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock.touch()
    flock, deletes = fcntl.flock, [lock]

    def flock_on_what_is_deleted(descriptor: int, how: int) -> None:
        flock(descriptor, how)
        while deletes:
            deletes.pop().unlink()

    monkeypatch.setattr("commands.ops.machine.writing.writers_lock.fcntl.flock", flock_on_what_is_deleted)
    with held(lock, path, 1, CLOCK):
        monkeypatch.undo()
        other = os.open(lock, os.O_RDWR)
        assert not is_free(other)
        os.close(other)


@pytest.mark.privileged
def test_a_lock_file_of_ours_is_the_registry_owner_s(path: Path, lock: Path) -> None:
    os.chown(path, 1234, 4321)
    with held(lock, path, 1, CLOCK):
        pass
    assert (lock.stat().st_uid, lock.stat().st_gid) == (1234, 4321)
