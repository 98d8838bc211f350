"""The kernel's word on who has a file open for writing."""

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commands.ops.machine.files.leases import Writers, no_new_writers
from tests.commands.ops.conftest import Spawn


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "REGISTRY.md"
    path.write_bytes(b"| a |\n")
    return path


def writers_of(path: Path) -> Writers:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with no_new_writers(descriptor) as writers:
            return writers
    finally:
        os.close(descriptor)


def test_a_file_that_nobody_writes_has_no_writers(path: Path) -> None:
    assert writers_of(path) is Writers.none


def test_readers_are_no_writers(path: Path) -> None:
    with path.open("rb"):
        assert writers_of(path) is Writers.none


def test_a_process_that_has_it_open_for_writing_is_seen(spawn: Spawn, path: Path) -> None:
    holder = spawn(sys.executable, "-c", f"f = open({str(path)!r}, 'r+'); print('up', flush=True); input()")
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"up\n"
    assert writers_of(path) is Writers.some


def test_a_writer_that_comes_waits_until_the_lease_is_given_back(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with no_new_writers(descriptor) as writers:
            assert writers is Writers.none
            writer = subprocess.Popen(["sh", "-c", f"echo b >> {path}"])
            wait_until_a_writer_waits_for(descriptor)
            assert os.fstat(descriptor).st_size == 6
            assert writer.poll() is None
        assert writer.wait(30) == 0
        assert path.read_bytes() == b"| a |\nb\n"
    finally:
        os.close(descriptor)


def wait_until_a_writer_waits_for(descriptor: int) -> None:
    """Ask the kernel which lease would be left: none, once a writer that waits has broken ours.

    The signal that tells the same may reach any thread, and Python's handler waits for the main one.
    """
    deadline = (
        time.monotonic() + 40
    )  # the kernel takes the lease away after 45 s: /proc/sys/fs/lease-break-time
    while fcntl.fcntl(descriptor, fcntl.F_GETLEASE) != fcntl.F_UNLCK:
        assert time.monotonic() < deadline, "no writer came"
        time.sleep(0.005)


@pytest.mark.privileged
def test_another_owner_s_file_does_not_tell(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.seteuid(65534)
    try:
        with no_new_writers(descriptor) as writers:
            assert writers is Writers.unknown
    finally:
        os.seteuid(0)
        os.close(descriptor)
