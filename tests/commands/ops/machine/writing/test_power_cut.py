"""The power goes in the middle of a replacement: what was said to be durable is there, and nothing is torn.

On an ext4 of our own, mounted so that it hides no missing fsync, and shut down by ioctl with its log unwritten.
"""

import fcntl
import os
import random
import struct
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from commands.ops.machine.writing import strays
from tests.commands.ops.machine.writing import replacing

pytestmark = [pytest.mark.privileged, pytest.mark.long]

LINES = 2_000
CUTS = 25
EXT4_IOC_SHUTDOWN = 0x8004587D  # include/uapi/linux/ext4.h
WITHOUT_LOG = 2  # EXT4_GOING_FLAGS_NOLOGFLUSH

# Renames without a sync: what the test must be able to catch.
FOREVER_UNSYNCED = """
import os, sys
path, lines, number = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
while True:
    number += 1
    with open(path + ".new", "wb") as file:
        for line in range(lines):
            file.write(b"| %d | %d |\\n" % (number, line))
    os.rename(path + ".new", path)
    print(number, flush=True)
"""


class Disk:
    """An ext4 in a file."""

    def __init__(self, directory: Path) -> None:
        self.image, self.at = directory / "image", directory / "disk"
        self.at.mkdir()
        with self.image.open("wb") as file:
            file.truncate(32 * 1024**2)
        subprocess.run(["mkfs.ext4", "-q", str(self.image)], check=True)

    def mount(self) -> None:
        options = "loop,noauto_da_alloc,commit=1"
        subprocess.run(["mount", "-o", options, str(self.image), str(self.at)], check=True)

    def unmount(self) -> None:
        subprocess.run(["umount", str(self.at)], check=True)

    def cut_power(self) -> None:
        descriptor = os.open(self.at, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, EXT4_IOC_SHUTDOWN, struct.pack("I", WITHOUT_LOG))
        finally:
            os.close(descriptor)


def bad_cuts(program: str, directory: Path, cuts: int) -> int:
    """How often the file was torn, or older than what the program had said to be done."""
    disk = Disk(directory)
    path = disk.at / "REGISTRY.md"
    disk.mount()
    path.write_bytes(replacing.whole(0, LINES))
    os.sync()
    bad = 0
    for cut in range(cuts):
        said = said_until_power_cut(program, disk, path, cut * 1000)
        disk.unmount()
        disk.mount()
        found = replacing.generation(path.read_bytes(), LINES)
        if found is None or found < said:
            bad += 1
            path.write_bytes(replacing.whole(0, LINES))
        strays.sweep(path)
        os.sync()
    assert {entry.name for entry in disk.at.iterdir()} <= {"REGISTRY.md", "REGISTRY.md.new", "lost+found"}
    disk.unmount()
    return bad


def said_until_power_cut(program: str, disk: Disk, path: Path, number: int) -> int:
    """The last generation that was said to be done before the power went."""
    enough = random.Random(number).randint(1, 12)  # noqa: S311 (any moment will do)
    command = [sys.executable, "-S", "-c", program, str(path), str(LINES), str(number)]
    environ = {"PYTHONPATH": ":".join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environ) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(enough)]
        cutting = threading.Thread(target=disk.cut_power)
        cutting.start()
        cutting.join()
        child.kill()
    return int(lines[-1])


def test_no_power_cut_tears_the_file_or_takes_back_what_was_durable(tmp_path: Path) -> None:
    assert bad_cuts(replacing.FOREVER, tmp_path, CUTS) == 0


def test_the_same_cuts_are_seen_where_nothing_is_synced(tmp_path: Path) -> None:
    assert bad_cuts(FOREVER_UNSYNCED, tmp_path, 5) > 0
