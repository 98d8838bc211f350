"""`disk`: space runs out, never the machine's own."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.demo_host import host
from commands.demo_host.errors import HostError
from commands.demo_host.faults import disk

MIB = 1024**2


def taken(root: Path) -> int:
    return sum(path.stat().st_blocks * 512 for path in root.rglob("*"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MiB, mounted for the test."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"cannot mount here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_on_a_shared_disk_it_grows_to_the_quota_and_no_further(demo_host: Path) -> None:
    before = taken(demo_host)
    host.break_host(demo_host, "disk", size=5 * MIB)
    assert 5 * MIB <= taken(demo_host) - before < 6 * MIB
    host.break_host(demo_host, "disk", size=5 * MIB)
    assert taken(demo_host) - before < 6 * MIB


def test_a_quota_larger_than_the_disk_is_refused(demo_host: Path) -> None:
    with pytest.raises(HostError, match="has too little space"):
        host.break_host(demo_host, "disk", size=10**18)


def test_the_machines_own_disks_are_never_filled(demo_host: Path) -> None:
    assert not disk.has_own_small_disk(demo_host)
    assert not disk.has_own_small_disk(Path("/"))
    assert not disk.has_own_small_disk(Path.home())


@pytest.mark.privileged
def test_a_small_disk_of_its_own_is_filled(small_disk: Path) -> None:
    root = small_disk / "host"
    host.make(root, 75, with_history=False)
    said = host.break_host(root, "disk")
    free = os.statvfs(root).f_bavail * os.statvfs(root).f_frsize
    assert 0 < free <= 24 * MIB // 20
    assert said.startswith("The file system of the host was filled with ")
