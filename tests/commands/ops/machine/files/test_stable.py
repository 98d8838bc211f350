"""Files read whole or not at all, beside real writers."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from commands.ops.machine.files import files
from commands.ops.machine.files.stable import QUIET_UNKNOWN, read_stable
from tests.clocks import MovedClock
from tests.commands.ops.conftest import Spawn
from tests.commands.ops.machine.writing import writers

LIMIT = 1024**2
RETRIES = 20
Write = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "REGISTRY.md"


@pytest.fixture
def write(spawn: Spawn, path: Path) -> Write:
    """Start one of the writers on the file; its first generation is there when this returns."""

    def start(program: str, lines: int, within: float, after: float) -> subprocess.Popen[bytes]:
        writer = spawn(sys.executable, "-c", program, str(path), str(lines), str(within), str(after))
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"up\n"
        return writer

    return start


def generations(path: Path, number: int, read: Callable[[Path], bytes]) -> list[bytes]:
    """What was read, until so many different contents were."""
    seen: dict[bytes, None] = {}
    deadline = time.monotonic() + 60
    while len(seen) < number:
        assert time.monotonic() < deadline, "the writer does not get on"
        seen[read(path)] = None
    return list(seen)


def stable(path: Path) -> bytes:
    return read_stable(path, LIMIT, RETRIES)


@pytest.mark.parametrize(
    ("program", "lines", "within"),
    [(writers.TRUNCATES, 20, 0.005), (writers.APPENDS, 10, 0.003), (writers.LOCKS, 20, 0.005)],
    ids=["truncates", "appends", "locks"],
)
def test_a_file_that_is_written_in_place_is_never_read_half(
    write: Write, path: Path, program: str, lines: int, within: float
) -> None:
    write(program, lines, within, 0.2)
    assert all(map(writers.is_whole, generations(path, 4, stable)))
    assert not all(map(writers.is_whole, generations(path, 12, Path.read_bytes))), "this proves nothing"


def test_a_file_that_is_replaced_by_a_rename_is_read_at_once_however_often(write: Write, path: Path) -> None:
    write(writers.RENAMES, 5, 0, 0)
    assert all(map(writers.is_whole, generations(path, 10, stable)))


def test_a_file_that_somebody_holds_open_and_writes_now_and_then_is_not_believed(
    spawn: Spawn, path: Path
) -> None:
    """It ends with a line and has been left alone for a moment: only the open handle tells that it is half."""
    program = (
        "import sys; f = open(sys.argv[1], 'w'); f.write('| a |\\n'); f.flush(); print('half', flush=True); "
    )
    writer = spawn(
        sys.executable, "-c", program + "input(); f.write('| b |\\n'); f.close(); print('whole')", str(path)
    )
    assert writer.stdout is not None
    assert writer.stdin is not None
    assert writer.stdout.readline() == b"half\n"
    with pytest.raises(files.Unstable, match="kept changing while it was read, 6 times"):
        read_stable(path, LIMIT, 5)
    writer.stdin.write(b"\n")
    writer.stdin.flush()
    assert writer.stdout.readline() == b"whole\n"
    assert stable(path) == b"| a |\n| b |\n"


def test_a_file_that_was_left_alone_for_long_is_read_although_somebody_holds_it_open(path: Path) -> None:
    path.write_bytes(b"| a |\n")
    with path.open("ab"):
        clock = MovedClock()
        clock.at = clock.at.fromtimestamp(path.stat().st_ctime + 11, clock.at.tzinfo)
        assert read_stable(path, LIMIT, 0, clock=clock) == b"| a |\n"


@pytest.mark.parametrize("data", [b"", b"| a |\n| b", b"\0"])
def test_a_file_that_may_be_cut_is_believed_only_once_it_was_left_alone_for_a_second(
    path: Path, data: bytes
) -> None:
    path.write_bytes(data)
    clock = MovedClock()
    clock.at = clock.at.fromtimestamp(path.stat().st_ctime + 0.5, clock.at.tzinfo)
    with pytest.raises(files.Unstable):
        read_stable(path, LIMIT, 5, clock=clock)
    clock.move(1)
    assert read_stable(path, LIMIT, 0, clock=clock) == data


def test_a_file_that_shrank_between_two_looks_is_waited_for(path: Path) -> None:
    path.write_bytes(b"| a |\n| b")

    before = path.stat().st_ino

    class Cuts(MovedClock):
        def wait(self, seconds: float, until: threading.Event) -> bool:
            path.write_bytes(b"| a |\n")
            now = path.stat().st_ctime + QUIET_UNKNOWN
            self.at = self.at.fromtimestamp(now, self.at.tzinfo)
            return super().wait(seconds / 100, until)

    with pytest.raises(files.Unstable):
        read_stable(path, LIMIT, 3, clock=Cuts())
    assert path.stat().st_ino == before


def test_a_change_time_to_come_does_not_stop_us_for_good(path: Path) -> None:
    """Somebody set the machine's clock back."""
    path.write_bytes(b"")
    clock = MovedClock()
    clock.at = clock.at.fromtimestamp(path.stat().st_ctime - 3600, clock.at.tzinfo)
    assert read_stable(path, LIMIT, RETRIES, clock=clock) == b""


def test_a_quiet_file_is_read_without_waiting(path: Path) -> None:
    path.write_bytes(b"| a |\n")
    clock = MovedClock()
    clock.at = clock.at.fromtimestamp(path.stat().st_ctime + 60, clock.at.tzinfo)
    began = clock.seconds
    assert read_stable(path, LIMIT, 0, clock=clock) == b"| a |\n"
    assert clock.seconds == began


def test_a_writer_that_comes_while_we_read_does_not_end_us(write: Write, path: Path) -> None:
    """A lease that is broken signals its holder; by default that would be SIGIO, which ends this very process."""
    write(writers.TRUNCATES, 1, 0, 0.0005)
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline:
        try:
            read_stable(path, LIMIT, 0)
        except files.Unstable:
            continue
