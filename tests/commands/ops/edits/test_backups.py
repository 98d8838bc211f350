"""Copies of the registry."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from commands.ops.edits import backups
from commands.ops.errors import NotReadable, OperationFailed
from commands.ops.host_settings import Limits
from commands.ops.machine.writing import strays
from commands.ops.settings import OpsSettings
from tests.clocks import MovedClock

NOW = MovedClock().at


def test_a_copy_reads_as_it_was(settings: OpsSettings) -> None:
    backup = backups.save(settings, b"| a.dev |\r\n\xff\0", NOW)
    assert backups.read(settings, backup) == b"| a.dev |\r\n\xff\0"
    assert backup.path.parent == settings.state / "backups"
    assert backup.path.stat().st_mode & 0o077 == 0
    assert backup.path.parent.stat().st_mode & 0o077 == 0


def test_copies_are_listed_newest_first_and_other_files_are_not(settings: OpsSettings) -> None:
    assert backups.listed(settings) == ()
    first = backups.save(settings, b"1", NOW)
    second = backups.save(settings, b"2", NOW + timedelta(seconds=1))
    (second.path.parent / "notes.txt").touch()
    assert backups.listed(settings) == (second, first)


def test_only_the_newest_are_kept(settings: OpsSettings) -> None:
    few = replace(settings, limits=Limits(backups_kept=3))
    saved = [backups.save(few, b"%d" % n, NOW + timedelta(seconds=n)) for n in range(6)]
    assert backups.listed(few) == tuple(saved[:2:-1])
    assert [backups.read(few, backup) for backup in backups.listed(few)] == [b"5", b"4", b"3"]


@pytest.mark.parametrize("damage", [b"", b"\x1f\x8b\x08", b"no gzip"])
def test_a_damaged_copy_is_told(settings: OpsSettings, damage: bytes) -> None:
    backup = backups.save(settings, b"| a.dev |\n", NOW)
    backup.path.write_bytes(damage)
    with pytest.raises(NotReadable, match="is damaged or too large: choose another one"):
        backups.read(settings, backup)


def test_a_copy_that_unpacks_to_more_than_a_registry_may_have_is_refused(settings: OpsSettings) -> None:
    backup = backups.save(settings, b"0" * 1000, NOW)
    small = replace(settings, limits=Limits(registry_bytes=999))
    with pytest.raises(NotReadable, match="is damaged"):
        backups.read(small, backup)


def test_a_copy_that_is_gone_is_told(settings: OpsSettings) -> None:
    backup = backups.save(settings, b"| a.dev |\n", NOW)
    backup.path.unlink()
    with pytest.raises(NotReadable, match="The copy of the registry cannot be read: There is no"):
        backups.read(settings, backup)


def test_what_a_kill_left_half_written_goes_after_an_hour(settings: OpsSettings) -> None:
    directory = backups.save(settings, b"1", NOW).path.parent
    old = directory / strays.part_name("REGISTRY-20260101T000000.000000Z.md.gz")
    fresh = directory / strays.part_name("REGISTRY-20260101T000000.000001Z.md.gz")
    for part, age in ((old, 7200), (fresh, 60)):
        part.touch()
        os.utime(part, (NOW.timestamp() - age,) * 2)
    backups.save(settings, b"2", NOW)
    assert not old.exists()
    assert fresh.exists()


def test_a_state_directory_that_cannot_be_written_is_one_sentence(settings: OpsSettings) -> None:
    settings.state.mkdir()
    (settings.state / "backups").touch()
    with pytest.raises(OperationFailed, match=r"The registry could not be copied to .*backups: "):
        backups.save(settings, b"1", NOW)
    with pytest.raises(OperationFailed):
        backups.save(replace(settings, state=Path("/dev/null")), b"1", NOW)
