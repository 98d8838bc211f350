"""What a new file waits for and takes over before it takes another's place, and what is said where that goes wrong."""

import errno
import os
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from commands.ops.machine.clock import SystemClock
from commands.ops.machine.writing import exchange, strays, successor
from commands.ops.machine.writing.exchange import Moved, replace
from commands.ops.machine.writing.renameat2 import exchange_names
from commands.ops.machine.writing.staging import staged
from tests.commands.ops.conftest import Spawn
from tests.commands.ops.machine.writing import late_tool

OLD, NEW = b"| old |\n", b"| new |\n"
CLOCK = SystemClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "REGISTRY.md"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def late(spawn: Spawn, path: Path) -> subprocess.Popen[bytes]:
    return late_tool.started(spawn, path)


class TestPatience:
    def beside(self, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
        """Something happens while the new file is written."""

        def staged_meanwhile(
            directory: int, name: str, data: bytes, like: int | None = None
        ) -> AbstractContextManager[int]:
            act()
            return staged(directory, name, data, like)

        monkeypatch.setattr(exchange, "staged", staged_meanwhile)

    def test_lines_that_are_appended_meanwhile_are_taken_over(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.beside(monkeypatch, lambda: path.write_bytes(OLD + b"| more |\n"))
        replaced = replace(path, NEW, OLD, patient=True)
        assert path.read_bytes() == NEW + b"| more |\n"
        assert replaced.base == OLD + b"| more |\n"
        assert replaced.displaced is not None
        assert replaced.displaced.look(1, CLOCK).data == replaced.base
        replaced.displaced.keep()
        assert strays.sweep(path) == (), "nothing unseen came out"

    def test_half_a_line_is_waited_for_until_it_is_a_whole_one(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        waits = count(1)

        def sleep(_: float) -> None:
            if next(waits) == 3:
                path.write_bytes(OLD + b"| more |\n")

        self.beside(monkeypatch, lambda: path.write_bytes(OLD + b"| mo"))
        monkeypatch.setattr(successor, "time", SimpleNamespace(sleep=sleep))
        displaced = replace(path, NEW, OLD, patient=True).displaced
        assert path.read_bytes() == NEW + b"| more |\n"
        assert displaced is not None
        displaced.discard()

    def test_what_is_taken_over_is_synced_before_the_exchange(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        synced: list[int] = []
        fsync = os.fsync

        def noted(descriptor: int) -> None:
            fsync(descriptor)
            synced.append(os.fstat(descriptor).st_size)

        def while_all_is_synced(directory: int, first: str, second: str) -> None:
            assert synced[-1] == len(NEW + b"| more |\n")
            exchange_names(directory, first, second)

        self.beside(monkeypatch, lambda: path.write_bytes(OLD + b"| more |\n"))
        monkeypatch.setattr(os, "fsync", noted)
        monkeypatch.setattr(successor, "exchange_names", while_all_is_synced)
        displaced = replace(path, NEW, OLD, patient=True).displaced
        assert displaced is not None
        displaced.discard()

    def test_a_line_that_is_appended_to_a_file_that_has_lost_its_place_is_not_taken_over(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        theirs = path.with_name("theirs")
        theirs.write_bytes(b"| theirs |\n")

        def append_then_rename() -> None:
            path.write_bytes(OLD + b"| more |\n")
            theirs.rename(path)

        self.beside(monkeypatch, append_then_rename)
        with pytest.raises(Moved):
            replace(path, NEW, OLD, patient=True)
        assert path.read_bytes() == b"| theirs |\n"
        assert list(path.parent.iterdir()) == [path]

    def test_a_last_line_that_had_no_end_and_goes_on_is_another_line_now(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path.write_bytes(b"| old")
        self.beside(monkeypatch, lambda: path.write_bytes(b"| older |\n"))
        with pytest.raises(Moved):
            replace(path, NEW, b"| old", patient=True)
        assert path.read_bytes() == b"| older |\n"

    def test_any_other_change_is_to_be_read_anew(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.beside(monkeypatch, lambda: path.write_bytes(b"| other |\n"))
        with pytest.raises(Moved):
            replace(path, NEW, OLD, patient=True)
        assert path.read_bytes() == b"| other |\n"
        assert list(path.parent.iterdir()) == [path]

    def test_whoever_has_it_open_is_waited_for_and_what_it_writes_is_taken_over(
        self, path: Path, late: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        waits = count(1)

        def sleep(_: float) -> None:
            if next(waits) == 3:
                late_tool.let_write(late)

        monkeypatch.setattr(successor, "time", SimpleNamespace(sleep=sleep))
        replaced = replace(path, NEW, OLD, patient=True)
        assert path.read_bytes() == NEW + b"| late |\n"
        assert replaced.base == OLD + b"| late |\n"
        assert replaced.displaced is not None
        replaced.displaced.discard()

    def test_nobody_can_begin_to_write_at_the_moment_of_the_exchange(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def while_others_try(directory: int, first: str, second: str) -> None:
            with pytest.raises(BlockingIOError):
                os.open(path, os.O_WRONLY | os.O_NONBLOCK)
            exchange_names(directory, first, second)

        monkeypatch.setattr(successor, "exchange_names", while_others_try)
        replaced = replace(path, NEW, OLD, patient=True)
        assert path.read_bytes() == NEW
        assert replaced.displaced is not None
        replaced.displaced.discard()

    def test_whoever_never_closes_it_is_not_waited_for_for_ever(
        self, path: Path, late: subprocess.Popen[bytes]
    ) -> None:
        assert late.poll() is None
        replaced = replace(path, NEW, OLD, patient=True)
        assert path.read_bytes() == NEW
        assert replaced.displaced is not None
        replaced.displaced.discard()


def test_an_error_of_an_exchange_that_was_made_is_told_as_made_and_uncertain(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a network file system may do."""

    def made_and_denied(directory: int, first: str, second: str) -> None:
        exchange_names(directory, first, second)
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(successor, "exchange_names", made_and_denied)
    replaced = replace(path, NEW, OLD)
    assert path.read_bytes() == NEW
    assert (replaced.exchanged, replaced.durable) == (True, False)
    assert replaced.displaced is not None
    assert replaced.displaced.look(1, CLOCK).data == OLD
    replaced.displaced.discard()


class TestWithoutExchange:
    """On a file system that can only rename."""

    def cannot(self, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object] = lambda: None) -> None:
        def unsupported(*_: object) -> None:
            act()
            raise OSError(errno.EINVAL, "Invalid argument")

        monkeypatch.setattr(successor, "exchange_names", unsupported)

    def test_a_file_that_somebody_put_there_meanwhile_is_not_renamed_over(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        theirs = path.with_name("theirs")
        theirs.write_bytes(b"| theirs |\n")
        self.cannot(monkeypatch, lambda: theirs.rename(path))
        with pytest.raises(Moved):
            replace(path, NEW, OLD)
        assert path.read_bytes() == b"| theirs |\n"
        assert list(path.parent.iterdir()) == [path]

    def test_an_error_of_a_rename_that_was_made_is_told_as_made_and_uncertain(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rename = os.rename

        def made_and_denied(source: str, target: str, *, src_dir_fd: int, dst_dir_fd: int) -> None:
            rename(source, target, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)
            if target == path.name:
                raise OSError(errno.EIO, "Input/output error")

        self.cannot(monkeypatch)
        monkeypatch.setattr(os, "rename", made_and_denied)
        replaced = replace(path, NEW, OLD)
        assert path.read_bytes() == NEW
        assert (replaced.exchanged, replaced.durable) == (False, False)
        assert replaced.displaced is not None
        replaced.displaced.discard()
