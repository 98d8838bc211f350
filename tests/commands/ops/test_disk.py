"""Levels of free space, on real file systems."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.ops import disk
from commands.ops.host_settings import DiskLevels
from commands.ops.machine.disks import Space
from commands.ops.machine.host import Machine
from commands.ops.settings import OpsSettings

MIB = 1024**2


def space(free_bytes: int, free_inodes: int | None = 1000) -> Space:
    return Space(1, free_bytes, 100 * 1024 * MIB, free_inodes, 1000)


@pytest.mark.parametrize(
    ("free", "level"),
    [
        (1024 * MIB, "normal"),
        (1024 * MIB - 1, "warning"),
        (500 * MIB, "warning"),
        (500 * MIB - 1, "alert"),
        (100 * MIB, "alert"),
        (100 * MIB - 1, "critical"),
        (0, "critical"),
    ],
)
def test_the_runbook_s_levels_begin_where_it_says(free: int, level: str) -> None:
    assert disk.level_of(space(free), DiskLevels()) == level


def test_without_a_free_inode_it_is_critical() -> None:
    assert disk.level_of(space(1024 * MIB, 0), DiskLevels()) == "critical"
    assert disk.level_of(space(1024 * MIB, None), DiskLevels()) == "normal"


def test_every_directory_of_the_host_lies_on_some_file_system(
    settings: OpsSettings, machine: Machine
) -> None:
    found = disk.read(settings, machine)
    numbers = os.statvfs(machine.root)
    assert found.problems == ()
    assert found.filesystems[0].paths[:2] == (".", ".smbatcher")
    assert "sites" in found.filesystems[0].paths
    assert found.free_bytes == pytest.approx(numbers.f_bavail * numbers.f_frsize, rel=0.1)
    assert found.level == found.filesystems[0].level


def test_a_disk_that_cannot_be_asked_is_a_problem_and_no_crash(
    settings: OpsSettings, machine: Machine
) -> None:
    loop = machine.root / "logs"
    loop.rmdir()
    loop.symlink_to(loop)
    found = disk.read(settings, machine)
    assert found.problems == (f"The disk under {loop} cannot be read: Too many levels of symbolic links.",)
    assert found.level is not None


@pytest.mark.privileged
class TestTwoFileSystems:
    @pytest.fixture
    def small(self, root: Path) -> Iterator[Path]:
        """A file system of 1 MiB under `sites`."""
        sites = root / "sites"
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "small", sites], check=True, timeout=30)
        yield sites
        subprocess.run(["umount", sites], check=True, timeout=30)

    def test_the_fullest_comes_first_and_sets_the_level(
        self, small: Path, settings: OpsSettings, machine: Machine
    ) -> None:
        (small / "site").write_bytes(b"x" * (MIB // 2))
        found = disk.read(settings, machine)
        assert found.filesystems[0].paths == ("sites",)
        assert len(found.filesystems) == 2
        assert found.level == "critical"
        assert found.free_bytes == MIB // 2
