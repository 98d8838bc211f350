"""systemd by contract: a stand-in for `systemd-run` on PATH, since no test machine runs systemd."""

import os
import pwd
from pathlib import Path

import pytest

from commands.ops.machine.clock import SystemClock
from commands.ops.machine.launches import launch_records, systemd
from commands.ops.machine.launches.launch import Job, launch
from commands.ops.machine.launches.launch_records import Launched, Outcome
from commands.ops.machine.launches.systemd import Systemd

STAND_IN = """#!/bin/sh
printf '%s\\n' "$@" > "{told}"
{before}
while [ "$1" != -- ]; do shift; done
shift
setsid "$@" < /dev/null > /dev/null 2>&1 &
{after}
"""


@pytest.fixture
def told(tmp_path: Path) -> Path:
    return tmp_path / "told"


@pytest.fixture
def booted(tmp_path: Path) -> Systemd:
    (tmp_path / "booted").mkdir()
    return Systemd(tmp_path / "booted", tmp_path)


def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str = "", after: str = "") -> None:
    program = tmp_path / "bin" / "systemd-run"
    program.parent.mkdir()
    program.write_text(STAND_IN.format(told=tmp_path / "told", before=before, after=after))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")


def start(tmp_path: Path, manager: Systemd, *argv: str) -> tuple[Launched, Outcome]:
    job = Job(argv, tmp_path, {"PATH": os.environ["PATH"], "TOKEN": "s3cret"}, os.geteuid())
    return launch(job, tmp_path / "state", SystemClock(), wait_seconds=60, systemd=manager)


def test_a_unit_is_started_and_its_end_is_on_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, booted: Systemd, told: Path
) -> None:
    stand_in(tmp_path, monkeypatch)
    monkeypatch.setattr(systemd, "_is_root", lambda: True)
    launched, outcome = start(tmp_path, booted, "sh", "-c", "echo ran; exit 3")
    assert outcome == Outcome("exited", 3)
    assert launched.unit == f"wavewarden-{launched.id}"
    assert next(launch_records.read(tmp_path / "state")).unit == launched.unit
    options = told.read_text().split("\n--\n")[0].splitlines()
    assert options == [
        "--quiet",
        "--no-ask-password",
        "--collect",
        f"--unit=wavewarden-{launched.id}",
        "--property=KillMode=process",
        "--property=OOMPolicy=continue",
    ]


def test_the_unit_s_words_hold_no_environment_and_no_tool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, booted: Systemd, told: Path
) -> None:
    stand_in(tmp_path, monkeypatch)
    monkeypatch.setattr(systemd, "_is_root", lambda: True)
    start(tmp_path, booted, "printf", "opus")
    assert "s3cret" not in told.read_text()
    assert "opus" not in told.read_text()


def test_what_systemd_refuses_gets_a_session_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, booted: Systemd
) -> None:
    stand_in(tmp_path, monkeypatch, before="exit 1")
    monkeypatch.setattr(systemd, "_is_root", lambda: True)
    launched, outcome = start(tmp_path, booted, "sh", "-c", "echo ran; exit 3")
    assert (launched.unit, outcome) == (None, Outcome("exited", 3))


def test_what_systemd_started_though_it_says_otherwise_is_not_started_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, booted: Systemd
) -> None:
    taken_up = "for order; do :; done; while [ -e $order ]; do :; done; exit 1"
    stand_in(tmp_path, monkeypatch, after=taken_up)
    monkeypatch.setattr(systemd, "_is_root", lambda: True)
    launched, _ = start(tmp_path, booted, "echo", "ran")
    assert launched.log.read_text() == "ran\n"
    assert launched.unit is not None


def test_a_user_who_does_not_linger_has_no_units_that_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, booted: Systemd, told: Path
) -> None:
    stand_in(tmp_path, monkeypatch)
    monkeypatch.setattr(systemd, "_is_root", lambda: False)
    assert not booted.usable()
    (tmp_path / pwd.getpwuid(os.geteuid()).pw_name).touch()
    assert booted.usable()
    launched, _ = start(tmp_path, booted, "true")
    assert launched.unit is not None
    assert told.read_text().splitlines()[0] == "--user"


def test_a_machine_that_systemd_did_not_boot_is_none_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch)
    assert not Systemd(tmp_path / "nowhere").usable()
