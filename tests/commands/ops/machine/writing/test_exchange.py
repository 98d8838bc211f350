"""A file replaced whole."""

import os
import stat
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from commands.ops.machine.clock import SystemClock
from commands.ops.machine.files.leases import Writers
from commands.ops.machine.writing import exchange, strays
from commands.ops.machine.writing.exchange import Displaced, Moved, NotReplaced, replace
from commands.ops.machine.writing.moments import Moment
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


@pytest.fixture
def late(spawn: Spawn, path: Path) -> subprocess.Popen[bytes]:
    return late_tool.started(spawn, path)


def test_a_tool_that_still_has_the_old_file_open_is_waited_for(
    path: Path, late: subprocess.Popen[bytes]
) -> None:
    displaced = displaced_by(path)

    class Clock(SystemClock):
        waits = 0

        def wait(self, seconds: float, until: object) -> bool:
            self.waits += 1
            if self.waits == 3:
                late_tool.let_write(late)
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
    monkeypatch.setattr("commands.ops.machine.files.leases.fcntl.F_SETLEASE", -1)
    assert displaced.look(2, CLOCK) == Moment(OLD, Writers.unknown)
    displaced.discard()


def test_where_no_lease_is_to_be_had_a_file_that_still_changes_is_waited_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    displaced = displaced_by(path)
    monkeypatch.setattr("commands.ops.machine.files.leases.fcntl.F_SETLEASE", -1)

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
