"""What stands in the way of a finalization: the tool itself, locks, the disk; and what earlier ones left behind."""

import fcntl
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.ops.finalization import traces
from commands.ops.house import House
from commands.ops.launches.launching import run_tool
from commands.ops.machine.locks.locks import named_lock
from tests.commands.demo_host.running import FINISH

LOCK = ".smbatcher/REGISTRY.md.lock"


def test_a_quiet_host_has_nothing_in_the_way(house: House) -> None:
    found = traces.look(house, "001")
    assert (found.running, found.launched, found.holders, found.problems) == ((), None, (), ())
    assert not found.locked
    assert found.git == "clean"


def test_a_tool_that_holds_the_registrys_lock_is_told(house: House, demo_host: Path) -> None:
    with (demo_host / LOCK).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = traces.look(house, "001")
        assert found.locked
        assert [one.pid for one in found.lockers] == [os.getpid()]
    assert not traces.look(house, "001").locked


def test_a_host_whose_tools_never_took_a_lock_has_none(house: House, demo_host: Path) -> None:
    (demo_host / LOCK).unlink(missing_ok=True)
    assert not traces.look(house, "001").locked


def test_who_of_ours_holds_the_registry_is_named(house: House) -> None:
    with named_lock(house.settings.state, "registry", "P-7K2Q (dedupe fix)", 1):
        [holder] = traces.look(house, "001").holders
    assert holder.text == "P-7K2Q (dedupe fix)"


@pytest.fixture
def reading(demo_host: Path) -> Iterator[None]:
    """Somebody reads the tool's script, and the batch's number is in their words too."""
    words = ["tail", "-f", FINISH, "001"]
    with subprocess.Popen(words, cwd=demo_host, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        process.stdout.readline()
        yield
        process.terminate()


@pytest.mark.usefixtures("reading")
def test_who_only_reads_the_tools_script_does_not_run_it(house: House) -> None:
    assert not traces.look(house, "001").running


@pytest.mark.parametrize("here", [True, False])
def test_the_tool_of_another_host_on_this_machine_stands_in_nobodys_way(
    house: House, demo_host: Path, tmp_path: Path, *, here: bool
) -> None:
    script = tmp_path / Path(FINISH).name
    script.write_text("echo up; read word\n")
    words = ["sh", str(script), "--batch", "001"]
    with subprocess.Popen(
        words, cwd=demo_host if here else tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.readline()
        found = [one.pid for one in traces.look(house, "001").running]
        process.communicate(b"go\n")
    assert found == ([process.pid] if here else [])


def test_the_last_call_from_here_is_told_with_its_end_and_its_words(house: House) -> None:
    words = ("/bin/sh", "-c", "echo half of it done; exit 5")
    run_tool(house, words, {"batch": "001", "task": traces.TASK})
    found = traces.look(house, "001")
    assert found.launched
    assert str(found.launched[1]) == "ended with exit code 5"
    assert found.last_words == ("half of it done",)
    assert not traces.look(house, "002").launched


def test_the_log_has_the_lines_of_this_batch_and_those_that_name_none(house: House, demo_host: Path) -> None:
    lines = ["batch 002: finalized", "Batch 1: begun", "no batch at all", "batch=002, then batch 001"]
    (demo_host / "logs/finish.log").write_text("\n".join(lines) + "\n")
    assert traces.look(house, "001").log.lines == tuple(lines[1:])
