"""Which directories the demo host may touch."""

from pathlib import Path

import pytest

from commands.demo_host import guard, host
from commands.demo_host.errors import HostError
from commands.demo_host.hosttools import settings


def test_a_directory_with_files_of_someone_else_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(HostError, match="is not empty and not a demo host"):
        host.make(tmp_path, 9)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HostError, match="is not a directory"):
        host.make(tmp_path / "file", 9)


def test_a_settings_file_without_our_mark_does_not_make_a_demo_host(tmp_path: Path) -> None:
    (tmp_path / settings.NAME).write_text("speed = 1\n")
    assert not guard.is_demo_host(tmp_path)


def test_clearing_a_host_does_not_follow_a_link_out_of_it(demo_host: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").touch()
    (demo_host / "sites" / "link").symlink_to(outside)
    (demo_host / "link").symlink_to(outside)
    guard.cleared(demo_host)
    assert (outside / "kept").exists()
    assert not any(demo_host.iterdir())
    settings.write(str(demo_host), settings.Settings())  # the fixture stops a demo host


@pytest.mark.parametrize("action", [host.stop, host.start_wave, lambda path: host.break_host(path, "crash")])
def test_what_is_no_demo_host_is_refused(tmp_path: Path, action: object) -> None:
    assert callable(action)
    with pytest.raises(HostError, match="is not a demo host"):
        action(tmp_path)
