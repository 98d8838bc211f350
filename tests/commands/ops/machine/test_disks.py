"""Space on file systems."""

import os
from pathlib import Path

import pytest

from commands.ops.machine.disks import space_at


def test_space_is_what_an_ordinary_user_has(tmp_path: Path) -> None:
    numbers = os.statvfs(tmp_path)
    space = space_at(tmp_path)
    assert space.device == tmp_path.stat().st_dev
    assert space.free_bytes == pytest.approx(numbers.f_bavail * numbers.f_frsize, rel=0.1)
    assert space.free_bytes <= space.total_bytes <= numbers.f_blocks * numbers.f_frsize


def test_a_missing_directory_will_lie_where_its_nearest_parent_does(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for missing in (tmp_path / "a" / "b" / "c", tmp_path / "file" / "below"):
        assert space_at(missing).device == tmp_path.stat().st_dev
