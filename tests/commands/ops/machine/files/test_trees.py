"""What lies in a directory, links and mounts included, none of them followed."""

import os
import subprocess
from pathlib import Path

import pytest

from commands.ops.machine.files import trees


def kinds(top: Path) -> dict[str, str]:
    return {entry.path: entry.kind for entry in trees.read(top).entries}


def test_everything_below_is_read_and_no_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/file").write_text("x")
    (tmp_path / "a/link").symlink_to("/etc")
    os.mkfifo(tmp_path / "pipe")
    assert kinds(tmp_path) == {
        "a": "directory",
        "a/b": "directory",
        "a/b/file": "file",
        "a/link": "link",
        "pipe": "special",
    }


def test_what_is_in_a_directory_stands_before_it(tmp_path: Path) -> None:
    (tmp_path / "a/b/c").mkdir(parents=True)
    (tmp_path / "a/b/file").write_text("x")
    paths = [entry.path for entry in trees.read(tmp_path).entries]
    assert paths.index("a/b/file") < paths.index("a/b") < paths.index("a")
    assert paths.index("a/b/c") < paths.index("a/b")


def test_a_file_with_a_second_name_frees_nothing(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"x" * 5000)
    (tmp_path / "two").hardlink_to(tmp_path / "one")
    assert [entry.frees for entry in trees.read(tmp_path).entries] == [0, 0]
    (tmp_path / "two").unlink()
    assert trees.read(tmp_path).entries[0].frees == 8192


def test_a_link_is_no_directory_to_read(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(NotADirectoryError, match="it is a link"):
        trees.read(tmp_path / "link")


@pytest.mark.privileged
@pytest.mark.parametrize("how", [("-t", "tmpfs", "none"), ("--bind", "source")])
def test_a_mount_is_told_and_not_entered(tmp_path: Path, how: tuple[str, ...]) -> None:
    (tmp_path / "top/inside").mkdir(parents=True)
    (tmp_path / "source").mkdir()
    (tmp_path / "source/kept").write_text("x")
    *options, source = how
    subprocess.run(["mount", *options, source, "top/inside"], cwd=tmp_path, check=True, timeout=30)
    try:
        assert kinds(tmp_path / "top") == {"inside": "mount"}
    finally:
        subprocess.run(["umount", "top/inside"], cwd=tmp_path, check=True, timeout=30)
