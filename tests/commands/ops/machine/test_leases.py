"""The kernel's word on who has a file open for writing."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from commands.ops.machine.leases import Writers, no_new_writers
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
    began, ended = threading.Event(), threading.Event()

    def write() -> None:
        began.set()
        subprocess.run(["sh", "-c", f"echo b >> {path}"], check=True, timeout=30)
        ended.set()

    came = threading.Event()
    before = signal.signal(signal.SIGURG, lambda *_: came.set())
    writer = threading.Thread(target=write)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with no_new_writers(descriptor) as writers:
            assert writers is Writers.none
            writer.start()
            assert came.wait(30), "the kernel says that a writer waits"
            assert os.fstat(descriptor).st_size == 6
            assert not ended.is_set()
        writer.join(30)
        assert path.read_bytes() == b"| a |\nb\n"
    finally:
        os.close(descriptor)
        signal.signal(signal.SIGURG, before)


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
