"""Which temp files may go, and which stay."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commands.ops.disk import cleaning
from commands.ops.disk.cleaning import Leftovers
from commands.ops.errors import NotReadable
from commands.ops.house import House

OLD = datetime.now(UTC) - timedelta(hours=2)


@pytest.fixture
def temp(root: Path) -> Path:
    directory = root / ".smbatcher/tmp"
    directory.mkdir()
    return directory


def leave(path: Path, data: bytes = b"x", *, old: bool = True) -> Path:
    """A file that somebody left behind."""
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(data)
    if old:
        age(path)
    return path


def age(path: Path) -> None:
    os.utime(path, (OLD.timestamp(), OLD.timestamp()), follow_symlinks=False)


def look(house: House) -> Leftovers:
    return cleaning.look(house, "temp", datetime.now(UTC) - timedelta(minutes=5), cleaning.opened(house))


def test_old_files_that_nobody_has_open_may_go(bare_house: House, temp: Path) -> None:
    leave(temp / "a", b"x" * 5000)
    leave(temp / "b", old=False)
    with leave(temp / "c").open():
        found = look(bare_house)
    assert [entry.path for entry in found.gone] == ["a"]
    assert (found.young, found.in_use) == (("b",), ("c",))
    assert found.gain_bytes == 8192


def test_a_directory_goes_only_where_nothing_stays_in_it(bare_house: House, temp: Path) -> None:
    leave(temp / "done/a")
    leave(temp / "busy/a")
    leave(temp / "busy/b", old=False)
    for name in ("done", "busy"):
        age(temp / name)
    assert {entry.path for entry in look(bare_house).gone} == {"done/a", "done", "busy/a"}


def test_a_link_may_go_itself_and_nothing_behind_it(bare_house: House, temp: Path) -> None:
    (temp / "link").symlink_to("/etc")
    age(temp / "link")
    [entry] = look(bare_house).gone
    assert (entry.path, entry.kind) == ("link", "link")


def test_pipes_stay(bare_house: House, temp: Path) -> None:
    os.mkfifo(temp / "pipe")
    age(temp / "pipe")
    assert look(bare_house).special == ("pipe",)


def test_no_directory_is_nothing_to_clean(bare_house: House) -> None:
    assert look(bare_house).gone == ()


def test_a_temp_directory_that_leads_elsewhere_is_not_cleaned(bare_house: House, root: Path) -> None:
    (root / ".smbatcher/tmp").symlink_to("/etc")
    with pytest.raises(NotReadable, match="it is a link"):
        look(bare_house)
