"""Levels of free space, on real file systems."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from commands.ops.disk import disk
from commands.ops.host_settings import DiskLevels
from commands.ops.machine.disks import Space
from commands.ops.machine.host import Machine
from commands.ops.settings import OpsSettings
from tests.commands.full_disk import small_disk

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


@pytest.mark.parametrize(
    ("free", "level"),
    [(20_000, "normal"), (19_999, "warning"), (9_999, "alert"), (1_999, "critical"), (0, "critical")],
)
def test_inodes_have_levels_as_bytes_do(free: int, level: str) -> None:
    plenty = Space(1, 100 * 1024 * MIB, 100 * 1024 * MIB, free, 1_000_000)
    assert disk.level_of(plenty, DiskLevels()) == level


def test_few_inodes_of_a_small_file_system_are_no_worry_while_most_are_free() -> None:
    assert disk.level_of(replace(space(1024 * MIB, 900), total_inodes=1000), DiskLevels()) == "normal"
    assert disk.level_of(replace(space(1024 * MIB, 90), total_inodes=1000), DiskLevels()) == "critical"


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

    def test_inodes_that_run_out_are_told_before_the_last(
        self, root: Path, settings: OpsSettings, machine: Machine, tmp_path: Path
    ) -> None:
        inodes = 300
        with small_disk(tmp_path / "few", "64m", nr_inodes=str(inodes)) as few:
            levels = DiskLevels(
                *(2, 1, 1), inodes_warning_below=29, inodes_alert_below=20, inodes_critical_below=10
            )
            set_ = replace(settings, disk=levels, tree=replace(settings.tree, sites="sites"))
            (root / "sites").rmdir()
            (root / "sites").symlink_to(few)
            told = []
            for number in range(inodes - 2):
                (few / f"{number}").touch()
                found = disk.read(set_, machine)
                on_it = next(one for one in found.filesystems if "sites" in one.paths)
                told.append(on_it.inodes)
            assert sorted(set(told), key=told.index) == ["normal", "warning", "alert", "critical"]

    def test_our_own_file_system_has_a_level_of_its_own(
        self, settings: OpsSettings, machine: Machine, tmp_path: Path
    ) -> None:
        assert disk.read(settings, machine).own is None
        with small_disk(tmp_path / "own", "6m") as own:
            (own / "journal").write_bytes(b"x" * 3 * MIB)
            found = disk.read(replace(settings, state=own), machine)
            assert found.own
            assert (found.own.level, found.own.paths, found.worst) == ("critical", (str(own),), "critical")
            assert found.level != "critical"
