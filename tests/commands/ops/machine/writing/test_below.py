"""Deleting stays below its root, whatever links are put in the way."""

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from commands.ops.machine.files import trees
from commands.ops.machine.files.trees import Entry
from commands.ops.machine.writing import below
from commands.ops.machine.writing.renameat2 import exchange_names

RACES = 1000


def entry(top: Path, path: str) -> Entry:
    [found] = [one for one in trees.read(top).entries if one.path == path]
    return found


@pytest.fixture
def top(tmp_path: Path) -> Path:
    (tmp_path / "top/inside").mkdir(parents=True)
    (tmp_path / "top/inside/file").write_text("x")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/file").write_text("kept")
    return tmp_path / "top"


@contextmanager
def swapping(directory: Path, first: str, second: str) -> Iterator[None]:
    """Somebody who exchanges two names of a directory as fast as they can."""
    ended = threading.Event()
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)

    def swap() -> None:
        while not ended.is_set():
            exchange_names(descriptor, first, second)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        os.close(descriptor)


def test_the_file_that_was_seen_is_removed(top: Path) -> None:
    with below.held(top) as held:
        seen = entry(top, "inside/file")
        assert held.remove(seen) == "removed"
        assert held.remove(seen) == "gone"


def test_another_file_under_the_same_name_stays(top: Path) -> None:
    seen = entry(top, "inside/file")
    (top / "inside/new").write_text("x")
    (top / "inside/new").rename(top / "inside/file")
    with below.held(top) as held:
        assert held.remove(seen) == "changed"
    assert (top / "inside/file").exists()


def test_a_file_that_was_written_since_stays(top: Path) -> None:
    seen = entry(top, "inside/file")
    (top / "inside/file").write_text("more")
    with below.held(top) as held:
        assert held.remove(seen) == "changed"


def test_a_directory_that_was_filled_since_stays(top: Path) -> None:
    with below.held(top) as held:
        assert held.remove(entry(top, "inside")) == "refilled"
        held.remove(entry(top, "inside/file"))
        assert held.remove(entry(top, "inside")) == "removed"


def test_a_link_is_removed_and_not_what_it_leads_to(top: Path) -> None:
    (top / "link").symlink_to(top.parent / "outside/file")
    with below.held(top) as held:
        assert held.remove(entry(top, "link")) == "removed"
    assert (top.parent / "outside/file").exists()


@pytest.mark.parametrize("path", ["../outside/file", "link/file", "/etc/hostname"])
def test_a_path_that_leads_out_is_refused(top: Path, path: str) -> None:
    (top / "link").symlink_to(top.parent / "outside")
    state = (top.parent / "outside/file").stat()
    forged = Entry(path, "file", state.st_dev, state.st_ino, 0, state.st_size, 1, state.st_mtime_ns)
    with below.held(top) as held, pytest.raises(OSError, match=r"cross-device|symbolic links"):
        held.remove(forged)
    assert (top.parent / "outside/file").exists()


def _remove(held: below.Top, seen: Entry) -> None:
    held.remove(seen)


def _remove_tree(held: below.Top, seen: Entry) -> None:
    del seen
    held.remove_tree("inside/tree")


@pytest.mark.parametrize("remove", [_remove, _remove_tree])
def test_a_parent_that_is_swapped_for_a_link_again_and_again_lets_nothing_outside_go(
    top: Path, remove: Callable[[below.Top, Entry], None]
) -> None:
    """The outer file is the same inode under the same name: nothing but the resolution of the path protects it."""
    outside = top.parent / "outside"
    (outside / "tree").mkdir()
    (outside / "tree/file").write_text("kept")
    (top / "link").symlink_to(outside)
    (top / "inside/file").unlink()
    (top / "inside/file").hardlink_to(outside / "file")
    seen = entry(top, "inside/file")
    reached = 0
    with below.held(top) as held, held.directory("inside") as inside, swapping(top, "inside", "link"):
        for _ in range(RACES):
            with suppress(FileExistsError):
                os.link(outside / "file", "file", dst_dir_fd=inside)
            with suppress(FileExistsError):
                os.mkdir("tree", dir_fd=inside)
            with suppress(OSError):
                remove(held, seen)
                reached += 1
            assert (outside / "file").exists()
            assert (outside / "tree/file").exists()
    assert reached  # the way was free at times


def test_a_tree_goes_with_all_that_is_in_it(top: Path) -> None:
    (top / "inside/deep/er").mkdir(parents=True)
    (top / "inside/deep/link").symlink_to(top.parent / "outside")
    with below.held(top) as held:
        held.remove_tree("inside")
    assert list(top.iterdir()) == []
    assert (top.parent / "outside/file").exists()


@pytest.mark.privileged
def test_a_mount_in_a_tree_stops_its_removal(top: Path) -> None:
    (top / "inside/mounted").mkdir()
    mount = ["mount", "--bind", str(top.parent / "outside"), str(top / "inside/mounted")]
    subprocess.run(mount, check=True, timeout=30)
    try:
        with below.held(top) as held, pytest.raises(OSError, match="cross-device"):
            held.remove_tree("inside")
    finally:
        subprocess.run(["umount", str(top / "inside/mounted")], check=True, timeout=30)
    assert (top.parent / "outside/file").exists()


def test_a_way_with_a_link_in_it_is_not_held(top: Path) -> None:
    (top / "link").symlink_to(top / "inside")
    with pytest.raises(OSError, match="symbolic links"), below.held(top, "link"):
        pass


def test_what_is_moved_replaces_nothing(top: Path) -> None:
    with below.held(top) as held, below.held(top, "trash/today", make=True) as trash:
        held.move("inside", trash, "inside")
        (top / "inside").mkdir()
        with pytest.raises(FileExistsError):
            held.move("inside", trash, "inside")
    assert (top / "trash/today/inside/file").exists()
