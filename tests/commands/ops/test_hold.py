"""The hold."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.ops import hold
from commands.ops.errors import NotReadable, OperationFailed, Refusal
from commands.ops.hold import Hold
from commands.ops.house import House
from commands.ops.machine.host import Machine
from commands.ops.settings import OpsSettings

SINCE = datetime(2026, 11, 22, 3, 12, tzinfo=UTC)


@pytest.fixture
def path(settings: OpsSettings, root: Path) -> Path:
    return root / settings.tree.hold


def test_without_the_file_there_is_none(settings: OpsSettings, machine: Machine) -> None:
    assert hold.read(settings, machine) is None


def test_a_hold_says_since_when_and_why(settings: OpsSettings, machine: Machine, path: Path) -> None:
    path.write_bytes(b"disk is full \xff\n")
    os.utime(path, (SINCE.timestamp(), SINCE.timestamp()))
    assert hold.read(settings, machine) == Hold(SINCE, "disk is full \\xff")


def test_whatever_lies_there_is_a_hold(settings: OpsSettings, machine: Machine, path: Path) -> None:
    path.symlink_to("nowhere")
    found = hold.read(settings, machine)
    assert found is not None
    assert found.text == ""
    path.unlink()
    path.mkdir()
    assert hold.read(settings, machine) is not None


def test_a_hold_that_cannot_be_seen_is_no_missing_one(
    settings: OpsSettings, machine: Machine, path: Path
) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))
    path.parent.symlink_to(path.parent)
    with pytest.raises(NotReadable, match="Whether launches are on hold cannot be told: "):
        hold.read(settings, machine)


def test_a_hold_is_placed_with_who_when_and_why(bare_house: House, path: Path) -> None:
    placed = hold.place(bare_house, "Omar", "disk is nearly full:\n500 MiB")
    assert placed.fresh
    assert (
        path.read_text() == "On hold since 2026-11-22T03:12:05+00:00 by Omar: disk is nearly full: 500 MiB\n"
    )
    assert (placed.hold.by, placed.hold.reason) == ("Omar", "disk is nearly full: 500 MiB")


def test_a_second_hold_changes_nothing_and_tells_of_the_first(bare_house: House) -> None:
    hold.place(bare_house, "Omar", "disk")
    placed = hold.place(bare_house, "Asha", "host")
    assert not placed.fresh
    assert placed.hold.sentence == "placed by Omar: disk"


def test_lifting_tells_who_had_placed_it(bare_house: House) -> None:
    hold.place(bare_house, "Omar", "disk")
    lifted = hold.lift(bare_house)
    assert lifted is not None
    assert (lifted.by, lifted.reason) == ("Omar", "disk")
    assert hold.read(bare_house.settings, bare_house.machine) is None
    assert hold.lift(bare_house) is None


def test_a_hold_by_hand_is_lifted_too(bare_house: House, path: Path) -> None:
    path.touch()
    lifted = hold.lift(bare_house)
    assert lifted is not None
    assert lifted.sentence == "placed by hand, without a word why"


def test_a_hold_that_is_a_directory_is_not_lifted(bare_house: House, path: Path) -> None:
    path.mkdir()
    with pytest.raises(
        OperationFailed, match=r"Launches are still on hold, \.smbatcher/HOLD cannot be removed: Is a dir"
    ):
        hold.lift(bare_house)


def test_a_hold_outside_the_root_is_refused(bare_house: House, path: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    path.parent.rename(path.parent.with_name("elsewhere"))
    path.parent.symlink_to(tmp_path / "out")
    with pytest.raises(Refusal, match="Launches cannot be held: "):
        hold.place(bare_house, "Omar", "disk")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_host_without_its_directory_cannot_be_held(bare_house: House, path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))
    with pytest.raises(
        OperationFailed, match=r"Launches are not on hold, \.smbatcher/HOLD cannot be made: No such file"
    ):
        hold.place(bare_house, "Omar", "disk")
