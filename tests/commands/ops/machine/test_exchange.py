"""A file replaced whole."""

import errno
import os
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from commands.ops.machine import exchange, strays, successor
from commands.ops.machine.clock import SystemClock
from commands.ops.machine.exchange import Displaced, Moved, NotReplaced, replace
from commands.ops.machine.leases import Writers
from commands.ops.machine.moments import Moment
from commands.ops.machine.renameat2 import exchange_names
from commands.ops.machine.staging import staged
from tests.commands.ops.conftest import Spawn

OLD, NEW = b"| old |\n", b"| new |\n"
CLOCK = SystemClock()

WRITES_LATE = """
import sys
import tempfile
file = open(sys.argv[1], "ab")
print("open", flush=True)
sys.stdin.readline()
file.write(b"| late |\\n")
file.close()
print("closed", flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "REGISTRY.md"
    path.write_bytes(OLD)
    return path


def displaced_by(path: Path, data: bytes = NEW, base: bytes = OLD) -> Displaced:
    replaced = replace(path, data, base)
    assert replaced.durable
    assert replaced.exchanged
    assert replaced.displaced is not None
    return replaced.displaced


def test_the_new_content_stands_and_the_old_one_is_in_hand(path: Path) -> None:
    displaced = displaced_by(path)
    assert path.read_bytes() == NEW
    assert displaced.look(1, CLOCK) == Moment(OLD, Writers.none)
    displaced.discard()
    assert list(path.parent.iterdir()) == [path]


def test_mode_and_attributes_stay(path: Path) -> None:
    path.chmod(0o640)
    os.setxattr(path, "user.note", b"kept")
    displaced_by(path).discard()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.getxattr(path, "user.note") == b"kept"


@pytest.mark.privileged
def test_the_owner_stays(path: Path) -> None:
    os.chown(path, 1234, 4321)
    displaced_by(path).discard()
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 4321)


@pytest.mark.privileged
def test_a_file_whose_owner_cannot_be_kept_is_not_replaced() -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "REGISTRY.md")
        path.write_bytes(OLD)
        path.parent.chmod(0o777)
        os.seteuid(65534)
        try:
            with pytest.raises(NotReplaced, match=r"only its owner \(0:0\) or root can keep it theirs"):
                replace(path, NEW, OLD)
        finally:
            os.seteuid(0)
        assert path.read_bytes() == OLD
        assert list(path.parent.iterdir()) == [path]


def test_a_link_stays_a_link_and_its_file_is_replaced(path: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    real = path.rename(tmp_path / "elsewhere" / "table.md")
    path.symlink_to("elsewhere/table.md")
    displaced_by(path).discard()
    assert path.readlink() == Path("elsewhere/table.md")
    assert real.read_bytes() == NEW
    assert list(real.parent.iterdir()) == [real]


def test_a_missing_file_is_worth_another_look(path: Path) -> None:
    path.unlink()
    with pytest.raises(Moved, match="was not changed: somebody else replaced or changed it just then"):
        replace(path, NEW, OLD)
    assert list(path.parent.iterdir()) == []


def test_a_directory_is_not_replaced(path: Path) -> None:
    path.unlink()
    path.mkdir()
    with pytest.raises(NotReplaced, match="was not changed: it is not a file"):
        replace(path, NEW, OLD)
    assert path.is_dir()


def test_a_file_that_somebody_put_there_meanwhile_comes_out(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the reading and the exchange."""
    theirs = path.with_name("theirs")
    theirs.write_bytes(b"| theirs |\n")

    def staged_while_they_rename(
        directory: int, name: str, data: bytes, like: int | None = None
    ) -> AbstractContextManager[int]:
        theirs.rename(path)
        return staged(directory, name, data, like)

    monkeypatch.setattr(exchange, "staged", staged_while_they_rename)
    displaced = displaced_by(path)
    assert displaced.look(1, CLOCK).data == b"| theirs |\n"
    displaced.discard()


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
                let_write(late)

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


@pytest.fixture
def late(spawn: Spawn, path: Path) -> subprocess.Popen[bytes]:
    """A tool that opened the file before it was displaced and will write one line."""
    tool = spawn(sys.executable, "-S", "-c", WRITES_LATE, str(path))
    assert tool.stdout is not None
    assert tool.stdout.readline() == b"open\n"
    return tool


def let_write(tool: subprocess.Popen[bytes]) -> None:
    """Returns when it has closed the file."""
    assert tool.stdin is not None
    assert tool.stdout is not None
    tool.stdin.write(b"\n")
    tool.stdin.flush()
    assert tool.stdout.readline() == b"closed\n"


def test_a_tool_that_still_has_the_old_file_open_is_waited_for(
    path: Path, late: subprocess.Popen[bytes]
) -> None:
    displaced = displaced_by(path)

    class Clock(SystemClock):
        waits = 0

        def wait(self, seconds: float, until: object) -> bool:
            self.waits += 1
            if self.waits == 3:
                let_write(late)
            return super().wait(seconds, until)  # type: ignore[arg-type]

    clock = Clock()
    assert displaced.look(10, clock) == Moment(OLD + b"| late |\n", Writers.none)
    assert clock.waits >= 3
    displaced.discard()


def test_a_tool_that_never_lets_go_is_waited_for_so_long_and_told(
    path: Path, late: subprocess.Popen[bytes]
) -> None:
    assert late.poll() is None
    displaced = displaced_by(path)
    assert displaced.look(0.05, CLOCK) == Moment(OLD, Writers.some)
    displaced.discard()


def test_where_no_lease_is_to_be_had_a_file_that_is_left_alone_is_believed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another owner's file: as on a host whose agents run as somebody else."""
    displaced = displaced_by(path)
    monkeypatch.setattr("commands.ops.machine.leases.fcntl.F_SETLEASE", -1)
    assert displaced.look(2, CLOCK) == Moment(OLD, Writers.unknown)
    displaced.discard()


def test_where_no_lease_is_to_be_had_a_file_that_still_changes_is_waited_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    displaced = displaced_by(path)
    monkeypatch.setattr("commands.ops.machine.leases.fcntl.F_SETLEASE", -1)

    class Clock(SystemClock):
        waits = 0

        def wait(self, seconds: float, until: threading.Event) -> bool:
            self.waits += 1
            if self.waits == 1:
                assert displaced.name is not None
                displaced.name.write_bytes(OLD + b"| late |\n")
            return super().wait(min(seconds, 0.01), until)

    assert displaced.look(2, Clock()) == Moment(OLD + b"| late |\n", Writers.unknown)
    displaced.discard()


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


class TestSweep:
    def test_a_new_file_that_was_never_exchanged_goes(self, path: Path) -> None:
        part = path.with_name(strays.part_name(path.name))
        part.write_bytes(NEW)
        other = path.with_name(strays.part_name(path.name))
        other.write_bytes(NEW)
        other.rename(path.with_name(strays.swap_name(other.name, other.stat().st_ino, OLD)))
        assert strays.sweep(path) == ()
        assert list(path.parent.iterdir()) == [path]

    def test_a_displaced_file_that_nobody_wrote_to_goes(self, path: Path) -> None:
        displaced_by(path).keep()
        assert strays.sweep(path) == ()
        assert list(path.parent.iterdir()) == [path]

    def test_a_displaced_file_with_somebody_s_rows_is_kept_and_told(self, path: Path) -> None:
        path.write_bytes(OLD + b"| theirs |\n")
        displaced_by(path, base=OLD).keep()
        (leftover,) = strays.sweep(path)
        assert (leftover.base, leftover.data) == (strays.digest(OLD), OLD + b"| theirs |\n")
        assert leftover.path.exists()

    def test_other_files_strays_are_left_alone(self, path: Path) -> None:
        other = path.with_name(strays.part_name("OTHER.md"))
        other.write_bytes(NEW)
        assert strays.sweep(path) == ()
        assert other.exists()


@pytest.mark.privileged
class TestFullDisk:
    @pytest.fixture
    def small(self, tmp_path: Path) -> Iterator[Path]:
        """A file of 40 KB on a file system of 64."""
        disk = tmp_path / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], check=True)
        path = disk / "REGISTRY.md"
        path.write_bytes(b"a" * 40_000)
        yield path
        subprocess.run(["umount", "--lazy", str(disk)], check=True)

    def test_a_full_disk_leaves_the_old_file_and_nothing_else(self, small: Path) -> None:
        with pytest.raises(NotReplaced, match="was not changed: No space left on device"):
            replace(small, b"b" * 40_000, b"a" * 40_000)
        assert small.read_bytes() == b"a" * 40_000
        assert list(small.parent.iterdir()) == [small]

    def test_what_fits_is_replaced(self, small: Path) -> None:
        displaced_by(small, b"b" * 8_000, b"a" * 40_000).discard()
        assert small.read_bytes() == b"b" * 8_000

    def test_a_read_only_file_system_is_told(self, small: Path) -> None:
        subprocess.run(["mount", "-o", "remount,ro", str(small.parent)], check=True)
        with pytest.raises(NotReplaced, match="was not changed: Read-only file system"):
            replace(small, b"b", b"a" * 40_000)
