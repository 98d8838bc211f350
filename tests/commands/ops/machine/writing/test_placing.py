"""A new file: there whole, or not at all, and never over another one."""

import os
from pathlib import Path

import pytest

from commands.ops.machine.writing import strays
from commands.ops.machine.writing.placing import Placed, place_new


def test_it_is_there_whole_and_others_may_read_it(tmp_path: Path) -> None:
    assert place_new(tmp_path / "REGISTRY.md", b"x" * 3_000_000) is Placed.durable
    assert (tmp_path / "REGISTRY.md").read_bytes() == b"x" * 3_000_000
    assert (tmp_path / "REGISTRY.md").stat().st_mode & 0o777 == 0o644
    assert len(list(tmp_path.iterdir())) == 1


def test_what_is_there_already_stays_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    (tmp_path / "REGISTRY.md").write_text("theirs")
    assert place_new(tmp_path / "REGISTRY.md", b"ours") is Placed.no
    assert [path.read_text() for path in tmp_path.iterdir()] == ["theirs"]


def test_a_link_that_leads_nowhere_is_something_too(tmp_path: Path) -> None:
    (tmp_path / "REGISTRY.md").symlink_to(tmp_path / "elsewhere")
    assert place_new(tmp_path / "REGISTRY.md", b"ours") is Placed.no
    assert not (tmp_path / "elsewhere").exists()


def test_on_a_full_disk_nothing_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        place_new(tmp_path / "REGISTRY.md", b"ours")
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


def test_the_directory_is_synced_when_the_name_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bool] = []
    fsync = os.fsync

    def noted(descriptor: int) -> None:
        fsync(descriptor)
        if os.path.samestat(os.fstat(descriptor), tmp_path.stat()):
            synced.append((tmp_path / "REGISTRY.md").exists())

    monkeypatch.setattr(os, "fsync", noted)
    assert place_new(tmp_path / "REGISTRY.md", b"ours") is Placed.durable
    assert synced == [True]


def test_a_directory_that_cannot_be_synced_is_told_as_made_and_uncertain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def fails_of_the_directory(descriptor: int) -> None:
        if os.path.samestat(os.fstat(descriptor), tmp_path.stat()):
            raise OSError(5, "Input/output error")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", fails_of_the_directory)
    assert place_new(tmp_path / "REGISTRY.md", b"ours") is Placed.uncertain
    assert (tmp_path / "REGISTRY.md").read_bytes() == b"ours"


def test_what_cannot_be_cleared_away_beside_it_is_left_to_the_next_sweep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "unlink", fails)
    assert place_new(tmp_path / "REGISTRY.md", b"ours") is Placed.durable
    monkeypatch.undo()
    assert strays.sweep(tmp_path / "REGISTRY.md") == ()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"ours"]
