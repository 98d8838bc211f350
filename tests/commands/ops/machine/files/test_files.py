"""Files opened with care."""

import os
from pathlib import Path

import pytest

from commands.ops.machine.files import files
from commands.ops.machine.files.stable import read_stable

LIMIT = 1024**2


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "REGISTRY.md"


def stable(path: Path) -> bytes:
    return read_stable(path, LIMIT, 0)


def test_a_missing_file(path: Path) -> None:
    with pytest.raises(files.Missing, match=f"There is no {path}."):
        stable(path)


def test_a_file_in_the_place_of_a_directory(path: Path) -> None:
    path.touch()
    with pytest.raises(files.Missing):
        stable(path / "below")


def test_a_directory(path: Path) -> None:
    path.mkdir()
    with pytest.raises(files.NotAFile, match=f"{path} is not a file."):
        stable(path)


def test_a_pipe_nobody_writes_to_is_not_waited_for(path: Path) -> None:
    os.mkfifo(path)
    with pytest.raises(files.NotAFile):
        stable(path)


def test_a_device() -> None:
    with pytest.raises(files.NotAFile):
        stable(Path("/dev/zero"))


def test_a_link_to_itself(path: Path) -> None:
    path.symlink_to(path)
    with pytest.raises(files.Unreadable, match="cannot be read: Too many levels of symbolic links"):
        stable(path)


def test_a_file_that_is_too_large_is_not_read(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(LIMIT + 1)
    with pytest.raises(files.TooLarge, match="has 1048577 bytes, more than the 1048576 we read"):
        stable(path)


@pytest.mark.privileged
def test_a_file_of_another_user(path: Path) -> None:
    path.touch(0o600)
    os.seteuid(65534)
    try:
        with pytest.raises(files.NotPermitted, match=f"{path} may not be read by this user."):
            stable(path)
    finally:
        os.seteuid(0)
