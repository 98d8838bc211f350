"""Signals: real processes, and what is never signalled."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from commands.ops.machine.processes import identities, processes, signals
from commands.ops.machine.processes.identities import Identity
from commands.ops.machine.processes.process_stat import parse_stat
from tests.commands.ops.conftest import Spawn

PROC = Path("/proc")
US = os.geteuid()
IGNORES = "import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); sys.stdin.read()"
REUSE = Path(__file__).with_name("pid_reuse.py")


def identity_of(process: subprocess.Popen[bytes]) -> Identity:
    found = identities.at(PROC, process.pid)
    assert found is not None
    return found


def end(*meant: Identity, user: int = US, grace: float = 30) -> list[tuple[str, str]]:
    """How each ended, and why not."""
    ended = signals.end(meant, user=user, grace_seconds=grace)
    return [(ending.how, ending.why) for ending in ended.endings]


def ignoring(spawn: Spawn) -> subprocess.Popen[bytes]:
    process = spawn(sys.executable, "-c", IGNORES)
    assert process.stdout is not None
    assert process.stdout.readline() == b"up\n"
    return process


def test_a_process_that_is_told_to_end_ends(agent: Spawn) -> None:
    process = agent("opus")
    assert end(identity_of(process)) == [("term", "")]
    assert process.wait() == -signal.SIGTERM


def test_a_process_that_ignores_it_is_killed_after_the_grace(spawn: Spawn) -> None:
    process = ignoring(spawn)
    assert end(identity_of(process), grace=0.05) == [("kill", "")]
    assert process.wait() == -signal.SIGKILL


def test_a_stopped_process_is_killed_after_the_grace(agent: Spawn) -> None:
    process = agent("opus")
    process.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
    assert end(identity_of(process), grace=0.05) == [("kill", "")]


def test_all_are_told_before_any_is_waited_for(agent: Spawn, spawn: Spawn) -> None:
    stubborn, gentle = ignoring(spawn), agent("opus")
    with signals.term_all([identity_of(stubborn), identity_of(gentle)], user=US) as told:
        assert gentle.wait() == -signal.SIGTERM
        assert [ending.how for ending in told.wait(0.05).endings] == ["kill", "term"]


def test_one_that_has_ended_is_gone_reaped_or_not(agent: Spawn) -> None:
    zombie, reaped = agent("opus"), agent("opus")
    meant = identity_of(zombie), identity_of(reaped)
    for process in (zombie, reaped):
        process.kill()
    os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)
    reaped.wait()
    assert end(*meant) == [("gone", ""), ("gone", "")]


def test_one_that_is_named_twice_is_signalled_once(agent: Spawn) -> None:
    meant = identity_of(agent("opus"))
    assert end(meant, meant) == [("term", "")]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"started_ticks": 1}, "another process has its number now"),
        ({"boot_id": "another"}, "the machine was started anew since"),
        ({"argv": ("opus",)}, "it runs another command line now"),
    ],
)
def test_a_process_that_differs_in_anything_is_not_signalled(
    agent: Spawn, other: dict[str, object], why: str
) -> None:
    process = agent("opus")
    assert end(replace(identity_of(process), **other)) == [("replaced", why)]  # type: ignore[arg-type]
    assert process.poll() is None


def test_more_than_a_process_may_hold_at_once_are_ended_in_turn(
    agent: Spawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signals, "MOST_AT_ONCE", 2)
    assert end(*(identity_of(agent("opus")) for _ in range(5))) == [("term", "")] * 5


def test_we_ourselves_and_what_started_us_are_refused() -> None:
    line = [identities.at(PROC, pid) for pid in identities.line_above(PROC, os.getpid())]
    meant = [one for one in line if one]
    assert len(meant) > 1
    assert {how for how, _ in end(*meant)} == {"refused"}


@pytest.mark.privileged
def test_another_user_s_process_is_refused() -> None:
    with subprocess.Popen(["sleep", "600"], user=65534) as process:
        theirs = identity_of(process)
        assert end(theirs, replace(theirs, user=US)) == [
            ("refused", f"it runs as user 65534, and agents run as {US}"),
            ("replaced", f"it runs as user 65534 now, not as {US}"),
        ]
        assert process.poll() is None
        process.kill()


def everybody() -> list[Identity]:
    """Every process of this machine, kernel threads too, and some that there cannot be."""
    pids = [int(path.name) for path in PROC.iterdir() if path.name.isdigit()]
    found = [_seen(pid) for pid in pids]
    return [one for one in found if one] + [Identity(pid, 1, "boot", US, ("opus",)) for pid in (-1, 0, 1)]


def _seen(pid: int) -> Identity | None:
    """Kernel threads have no program, so `identities.at` sees none: as a plan that was tampered with would name them."""
    try:
        started = parse_stat((PROC / str(pid) / "stat").read_bytes()).started_ticks
    except FileNotFoundError:
        return None
    kernel = Identity(pid, started, processes.boot_id(PROC), 0, ("opus",))
    return identities.at(PROC, pid) or kernel


def never_signalled(pid: int, user: int) -> bool:
    """By other means than the code under test: the kernel's own words."""
    status = (PROC / str(pid) / "status").read_text()
    theirs = int(status.partition("Uid:")[2].split()[1]) != user
    nothing = not (PROC / str(pid) / "cmdline").read_bytes()
    return pid <= 1 or pid in {os.getpid(), os.getppid()} or theirs or nothing


@settings(max_examples=50, deadline=None)
@given(
    picks=st.lists(st.tuples(st.integers(0, 2**16), st.booleans()), max_size=20),
    user=st.sampled_from([0, 1, 1000, 65534]),
)
def test_whatever_is_asked_those_that_never_are_signalled_are_not(
    picks: list[tuple[int, bool]], user: int
) -> None:
    """Any processes of this machine, some of them said to be the agents' user's."""
    present = everybody()
    chosen = [(present[number % len(present)], lie) for number, lie in picks]
    meant = [replace(one, user=user) if lie else one for one, lie in chosen]
    signalled: list[int] = []

    def note(pidfd: int, _number: int) -> None:
        fields = Path(f"/proc/self/fdinfo/{pidfd}").read_text()
        signalled.append(int(fields.partition("Pid:")[2].split()[0]))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signal, "pidfd_send_signal", note)
        patch.setattr(signals, "KILL_SECONDS", 0)
        signals.end(meant, user=user, grace_seconds=0)
    assert not [pid for pid in signalled if (PROC / str(pid)).exists() and never_signalled(pid, user)]


@pytest.mark.privileged
def test_a_stranger_who_got_the_number_is_never_signalled() -> None:
    """In a PID namespace of its own, where the next number can be chosen: 200 strangers, and none is hit."""
    argv = ["unshare", "--pid", "--fork", "--mount-proc", sys.executable, str(REUSE), "200"]
    root = str(Path(__file__).parents[5])
    ran = subprocess.run(
        argv, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": root}
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "200 strangers, 0 signalled\n", "")
