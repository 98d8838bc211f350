"""Launching: what was started outlives us, and its end is on record."""

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from commands.ops.machine.clock import SystemClock
from commands.ops.machine.launches import launch_records
from commands.ops.machine.launches.launch import Job, NotStarted, launch
from commands.ops.machine.launches.launch_records import Launched, Outcome
from commands.ops.machine.launches.systemd import Systemd

US = os.geteuid()
Launches = Callable[..., tuple[Launched, Outcome]]
DIES = """
import os, signal, sys
from pathlib import Path
from commands.ops.machine.clock import SystemClock
from commands.ops.machine.launches.launch import Job, launch
state, argv = Path(sys.argv[1]), tuple(sys.argv[2:])
launch(Job(argv, state.parent, dict(os.environ), os.geteuid()), state, SystemClock(), wait_seconds=0)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def launches(tmp_path: Path, state: Path) -> Iterator[Launches]:
    """Launch these words without systemd, wherever the tests run; whatever still runs at the end is ended."""
    none = Systemd(booted=tmp_path / "nowhere")
    started: list[Launched] = []

    def start(*argv: str, wait: float = 60, user: int = US, **env: str) -> tuple[Launched, Outcome]:
        job = Job(argv, tmp_path, {**os.environ, **env}, user, {"wave": "5"})
        launched, outcome = launch(job, state, SystemClock(), wait_seconds=wait, systemd=none)
        started.append(launched)
        return launched, outcome

    yield start
    for launched in started:
        if launched.tool and psutil.pid_exists(launched.tool.pid):
            os.kill(launched.tool.pid, signal.SIGKILL)


def ended(launched: Launched) -> Outcome:
    """How it ended, once it has: whoever minds it holds its ending until then."""
    with launched.ending.open() as ending:
        fcntl.flock(ending, fcntl.LOCK_SH)
    return launch_records.outcome(launched)


def test_a_tool_s_exit_code_and_output_are_known(launches: Launches) -> None:
    launched, outcome = launches("sh", "-c", "echo out; echo err >&2; exit 3")
    assert outcome == Outcome("exited", 3)
    assert launched.log.read_text() == "out\nerr\n"


def test_its_words_are_no_shell_s(launches: Launches) -> None:
    launched, _ = launches("printf", "%s|", "$(id); x", "-rf", "a\nb", "")
    assert launched.log.read_text() == "$(id); x|-rf|a\nb||"


def test_a_tool_that_a_signal_ended(launches: Launches) -> None:
    _, outcome = launches("sh", "-c", "kill -9 $$")
    assert outcome == Outcome("signalled", 9)
    assert str(outcome) == "was ended by signal 9 (SIGKILL)"


def test_a_tool_that_is_not_there_is_not_started(launches: Launches, state: Path) -> None:
    with pytest.raises(NotStarted, match=r"tools/none\.sh: No such file or directory"):
        launches("tools/none.sh")
    (launched,) = launch_records.read(state)
    assert ended(launched) == Outcome("not_started", why="tools/none.sh: No such file or directory")


def test_a_tool_that_hangs_is_started_not_returned(launches: Launches) -> None:
    launched, outcome = launches("sleep", "600", wait=0.05)
    assert outcome == Outcome("running")
    assert launched.tool is not None
    assert launched.tool.argv == ("sleep", "600")


def test_it_is_no_child_of_ours_and_has_its_own_session(launches: Launches) -> None:
    before = psutil.Process().children(recursive=True)
    launched, _ = launches("sleep", "600", wait=0)
    assert psutil.Process().children(recursive=True) == before
    assert launched.tool is not None
    assert os.getsid(launched.tool.pid) != os.getsid(0)


def test_what_a_tool_starts_in_the_background_is_not_waited_for(launches: Launches) -> None:
    launched, outcome = launches("sh", "-c", "sleep 600 & echo $!")
    background = int(launched.log.read_text())
    assert outcome == Outcome("exited", 0)
    assert psutil.pid_exists(background)
    os.kill(background, signal.SIGKILL)


def test_a_tool_gets_the_environment_it_is_given_and_no_input(launches: Launches) -> None:
    launched, _ = launches("sh", "-c", 'cat; echo "$SPEED"', SPEED="1000")
    assert launched.log.read_text() == "1000\n"


def test_the_order_which_holds_the_environment_does_not_stay(launches: Launches, state: Path) -> None:
    launched, _ = launches("true")
    names = sorted(path.name for path in (state / "launches").iterdir())
    assert names == [f"{launched.id}.{kind}" for kind in ("ending", "json", "log")]


@pytest.mark.parametrize("code", [0, 7])
def test_killed_in_the_middle_whoever_comes_next_reads_the_exit_code(
    state: Path, code: int, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    tool = ("sh", "-c", f"read word < {gate}; exit {code}")
    root = str(Path(__file__).parents[5])
    env = {**os.environ, "PYTHONPATH": root}
    died = subprocess.run([sys.executable, "-c", DIES, str(state), *tool], env=env, check=False)
    assert died.returncode == -signal.SIGKILL
    (launched,) = launch_records.read(state)
    assert launch_records.outcome(launched) == Outcome("running")
    gate.write_text("go\n")
    assert ended(launched) == Outcome("exited", code)


def test_a_minder_that_was_killed_leaves_the_end_unknown(launches: Launches) -> None:
    launched, _ = launches("sleep", "600", wait=0)
    assert launched.tool is not None
    minder = psutil.Process(launched.tool.pid).parent()
    assert minder is not None
    minder.kill()
    assert ended(launched) == Outcome("unknown")


def test_a_minder_that_is_told_to_end_passes_it_on(launches: Launches) -> None:
    launched, _ = launches("sleep", "600", wait=0)
    assert launched.tool is not None
    minder = psutil.Process(launched.tool.pid).parent()
    assert minder is not None
    minder.terminate()
    assert ended(launched) == Outcome("signalled", signal.SIGTERM)


def test_a_state_directory_that_cannot_be_used_starts_nothing(launches: Launches, state: Path) -> None:
    state.write_text("a file")
    with pytest.raises(NotStarted, match="state/launches: Not a directory"):
        launches("true")


@pytest.mark.privileged
def test_it_runs_as_the_agents_user(launches: Launches) -> None:
    launched, outcome = launches("sh", "-c", "id -u; id -G; echo $USER", user=65534)
    assert outcome.fine
    assert launched.log.read_text() == "65534\n65534\nnobody\n"


@pytest.mark.privileged
def test_a_user_without_an_account_is_refused(launches: Launches) -> None:
    with pytest.raises(NotStarted, match="user 64999, who has no account here"):
        launches("true", user=64999)


def test_another_user_s_tool_is_refused_where_we_may_not_change(
    launches: Launches, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(
        NotStarted, match="it runs as user 1001, and Wavewarden, user 1000, may not change to it"
    ):
        launches("true", user=1001)


def test_old_launches_that_have_ended_are_forgotten(launches: Launches, state: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "gate")
    old, _ = launches("true")
    runs, outcome = launches("sh", "-c", f"read word < {tmp_path}/gate", wait=0)
    assert outcome == Outcome("running")
    launch_records.prune(state, old.started)
    assert launch_records.latest(state, {"wave": "5"}) == runs
    launch_records.prune(state, datetime.now(UTC))
    assert [one.id for one in launch_records.read(state)] == [runs.id]
    assert not list((state / "launches").glob(f"{old.id}.*"))
    (tmp_path / "gate").write_text("go\n")


def test_the_latest_launch_is_the_one_that_was_for_this(launches: Launches, state: Path) -> None:
    launched, _ = launches("true")
    assert launch_records.latest(state, {"wave": "5"}) == launched
    assert launch_records.latest(state, {"wave": "6"}) is None
