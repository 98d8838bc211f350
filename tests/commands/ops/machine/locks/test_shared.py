"""The lock of writers that cooperate."""

import fcntl
import os
import threading
from pathlib import Path

import pytest

from commands.ops.machine.files.stable import read_stable
from commands.ops.machine.locks.shared import shared_lock
from tests.clocks import MovedClock

LIMIT, RETRIES = 1024, 20


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "REGISTRY.md"


def test_a_writer_s_lock_is_waited_for(path: Path) -> None:
    path.write_bytes(b"| a |\n")
    lock = path.with_suffix(".lock")
    lock.touch()
    descriptor = os.open(lock, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)

    class Releases(MovedClock):
        def wait(self, seconds: float, until: threading.Event) -> bool:
            super().wait(seconds, until)
            if self.seconds > 1000.02:
                fcntl.flock(descriptor, fcntl.LOCK_UN)
            return until.is_set()

    with shared_lock(lock, Releases()) as held:
        assert held
    os.close(descriptor)


def test_a_lock_that_is_never_given_up_does_not_keep_us_from_reading(path: Path) -> None:
    path.write_bytes(b"| a |\n")
    lock = path.with_suffix(".lock")
    lock.touch()
    descriptor = os.open(lock, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    clock = MovedClock()
    with shared_lock(lock, clock) as held:
        assert not held
    assert clock.seconds == pytest.approx(1000.25, abs=0.01)
    assert read_stable(path, LIMIT, RETRIES, lock=lock) == b"| a |\n"
    os.close(descriptor)


def test_a_lock_file_that_is_not_there_is_not_made(path: Path) -> None:
    path.write_bytes(b"| a |\n")
    lock = path.with_suffix(".lock")
    assert read_stable(path, LIMIT, RETRIES, lock=lock) == b"| a |\n"
    assert not lock.exists()
