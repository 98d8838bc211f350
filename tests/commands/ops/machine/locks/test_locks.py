"""Named locks between real processes."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from commands.ops.machine.locks import locks
from commands.ops.machine.locks.locks import LockHeld, holder_of, holders, named_lock
from tests.clocks import MovedClock

WAVE = "wave 001/5"
HOLDS = """
import sys
from pathlib import Path
from commands.ops.machine.locks.locks import named_lock
with named_lock(Path(sys.argv[1]), sys.argv[2], "plan P-7K2Q, Omar", 0):
    print("held", flush=True)
    sys.stdin.read()
"""


def held_elsewhere(state: Path, name: str = WAVE) -> subprocess.Popen[bytes]:
    """A process that holds the lock until its input ends."""
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[5])}
    argv = [sys.executable, "-c", HOLDS, str(state), name]
    process = subprocess.Popen(argv, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def test_a_held_lock_tells_who_holds_it_and_since_when(tmp_path: Path) -> None:
    clock = MovedClock()
    with named_lock(tmp_path, WAVE, "plan P-7K2Q, Omar", 0, clock):
        with pytest.raises(LockHeld) as held, named_lock(tmp_path, WAVE, "plan P-AAAA, Asha", 0):
            pass
        assert (held.value.holder, held.value.since) == ("plan P-7K2Q, Omar", clock.now())
        assert [holder.name for holder in holders(tmp_path)] == [WAVE]


def test_after_the_block_nobody_holds_it_and_its_file_stays(tmp_path: Path) -> None:
    with named_lock(tmp_path, WAVE, "Omar", 0):
        pass
    assert holder_of(tmp_path, WAVE) is None
    assert [path.suffix for path in (tmp_path / "locks").iterdir()] == [".lock"]
    with named_lock(tmp_path, WAVE, "Asha", 0):
        pass


@pytest.mark.parametrize(
    "written",
    ["", "{", "null", "[]", '{"name": "disk"}', '{"name": 1, "text": "x", "since": 5, "process": []}'],
)
def test_a_holder_that_cannot_be_read_is_not_shown(tmp_path: Path, written: str) -> None:
    with named_lock(tmp_path, WAVE, "Omar", 0):
        (beside,) = (tmp_path / "locks").glob("*.holder")
        beside.write_text(written)
        assert (holder_of(tmp_path, WAVE), holders(tmp_path)) == (None, ())


def test_an_error_in_the_block_frees_it(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), named_lock(tmp_path, WAVE, "Omar", 0):
        _ = 1 / 0
    with named_lock(tmp_path, WAVE, "Asha", 0):
        pass


def test_two_names_are_two_locks(tmp_path: Path) -> None:
    with named_lock(tmp_path, "wave 001/5", "Omar", 0), named_lock(tmp_path, "wave 001-5", "Asha", 0):
        assert [holder.text for holder in holders(tmp_path)] == ["Asha", "Omar"]


def test_a_holder_that_is_killed_frees_it_at_once_and_is_not_shown(tmp_path: Path) -> None:
    with held_elsewhere(tmp_path) as process:
        holder = holder_of(tmp_path, WAVE)
        assert holder is not None
        assert (holder.text, holder.process.pid) == ("plan P-7K2Q, Omar", process.pid)
        process.send_signal(signal.SIGKILL)
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert holder_of(tmp_path, WAVE) is None
        with named_lock(tmp_path, WAVE, "Asha", 0):
            assert [one.text for one in holders(tmp_path)] == ["Asha"]


def test_who_waits_gets_it_when_it_is_freed(tmp_path: Path) -> None:
    with held_elsewhere(tmp_path) as process:
        assert process.stdin is not None
        threading.Timer(0.05, process.stdin.close).start()
        with named_lock(tmp_path, WAVE, "Asha", 30):
            holder = holder_of(tmp_path, WAVE)
        assert holder is not None
        assert holder.text == "Asha"
        process.wait()


def test_where_the_holder_cannot_be_written_it_is_held_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "locks" / "disk.fresh").mkdir(parents=True)
    with named_lock(tmp_path, "disk", "Omar", 0):
        with (
            pytest.raises(LockHeld, match="disk is held by somebody else") as held,
            named_lock(tmp_path, "disk", "", 0),
        ):
            pass
        assert held.value.since is None


@given(name=st.text(min_size=1, max_size=20))
def test_any_name_is_one_file_in_the_directory(name: str) -> None:
    path = locks._path(Path("/state"), name)
    assert path.parent == Path("/state/locks")
    assert os.path.normpath(path) == str(path)


def test_a_name_too_long_for_a_file_is_our_bug() -> None:
    with pytest.raises(ValueError, match="has 1 to 200 bytes"):
        holder_of(Path("/state"), "a" * 201)
