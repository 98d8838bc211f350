"""Files whose being there is the message."""

import os
from pathlib import Path

import pytest

from commands.ops.machine.writing import flag_file
from commands.ops.machine.writing.flag_file import OutsideError

FLAG = ".smbatcher/HOLD"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "host"
    (root / ".smbatcher").mkdir(parents=True)
    return root


def names(root: Path) -> list[str]:
    return sorted(path.name for path in (root / ".smbatcher").iterdir())


def test_it_is_there_whole_and_alone(root: Path) -> None:
    assert flag_file.place(root, FLAG, "on hold\n")
    assert (root / FLAG).read_text() == "on hold\n"
    assert names(root) == ["HOLD"]


def test_what_lies_there_stays_as_it_is(root: Path) -> None:
    (root / FLAG).symlink_to("nowhere")
    assert not flag_file.place(root, FLAG, "on hold\n")
    assert (root / FLAG).is_symlink()
    assert names(root) == ["HOLD"]


def test_taking_it_away_says_whether_it_was_there(root: Path) -> None:
    flag_file.place(root, FLAG, "")
    assert flag_file.take_away(root, FLAG)
    assert not flag_file.take_away(root, FLAG)


def test_a_link_is_taken_away_and_what_it_leads_to_stays(root: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").touch()
    (root / FLAG).symlink_to(tmp_path / "precious")
    assert flag_file.take_away(root, FLAG)
    assert (tmp_path / "precious").exists()


def test_a_directory_that_leads_out_of_the_root_is_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (root / ".smbatcher").rmdir()
    (root / ".smbatcher").symlink_to(tmp_path / "out")
    with pytest.raises(OutsideError, match="leads out of"):
        flag_file.place(root, FLAG, "on hold\n")
    with pytest.raises(OutsideError, match="leads out of"):
        flag_file.take_away(root, FLAG)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_directory_elsewhere_in_the_root_is_fine(root: Path) -> None:
    (root / ".smbatcher").rename(root / "state")
    (root / ".smbatcher").symlink_to("state")
    assert flag_file.place(root, FLAG, "on hold\n")
    assert (root / "state/HOLD").exists()


def test_a_directory_that_becomes_a_link_meanwhile_is_refused(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Resolved as a directory, then swapped for a link before it is opened."""
    (tmp_path / "out").mkdir()
    real = os.path.realpath

    def resolve_then_swap(path: Path) -> str:
        resolved = real(path)
        if path.name == ".smbatcher":
            path.rmdir()
            path.symlink_to(tmp_path / "out")
        return resolved

    monkeypatch.setattr(os.path, "realpath", resolve_then_swap)
    with pytest.raises(OutsideError, match="became a link meanwhile"):
        flag_file.place(root, FLAG, "on hold\n")
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("failing", ["write", "link"])
def test_without_room_or_hard_links_it_is_there_all_the_same(
    root: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, fail)
    assert flag_file.place(root, FLAG, "on hold\n")
    assert names(root) == ["HOLD"]
    assert not flag_file.place(root, FLAG, "on hold\n")


def test_a_directory_that_is_not_there_is_an_error(root: Path) -> None:
    with pytest.raises(FileNotFoundError):
        flag_file.place(root, "none/HOLD", "")
