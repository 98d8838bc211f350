"""The hold."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands.ops import hold
from commands.ops.errors import NotReadable
from commands.ops.hold import Hold
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
