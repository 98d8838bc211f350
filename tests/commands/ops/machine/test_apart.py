"""Work in a process of its own: real modules, real processes."""

import os
import subprocess
from pathlib import Path

import pytest

from commands.ops.machine.apart import begun


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where modules lie that a new Python finds."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path


def test_what_it_says_comes_back_and_what_it_loaded_does_not(modules: Path) -> None:
    (modules / "says.py").write_text(
        "import os, pickle, sys\npickle.dump((os.getppid(), {'a': 1}), sys.stdout.buffer)"
    )
    with begun("says") as said:
        assert said() == (os.getpid(), {"a": 1})


def test_one_that_fails_is_told_by_its_exit_code(modules: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (modules / "fails.py").write_text("raise ZeroDivisionError('on purpose')")
    with pytest.raises(subprocess.CalledProcessError, match="exit status 1"), begun("fails") as said:
        said()
    assert "ZeroDivisionError: on purpose" in capfd.readouterr().err


def test_one_that_says_nothing_is_no_answer(modules: Path) -> None:
    (modules / "silent.py").write_text("")
    with pytest.raises(EOFError), begun("silent") as said:
        said()


def test_a_file_where_we_are_started_is_not_taken_for_a_module_of_ours(
    modules: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    (modules / "ours.py").write_text("import pickle, sys; pickle.dump('ours', sys.stdout.buffer)")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "ours.py").write_text("import pickle, sys; pickle.dump('theirs', sys.stdout.buffer)")
    monkeypatch.chdir(elsewhere)
    with begun("ours") as said:
        assert said() == "ours"


def test_one_that_nobody_waits_for_any_more_is_ended(modules: Path) -> None:
    fifo = modules / "fifo"
    os.mkfifo(fifo)
    (modules / "hangs.py").write_text(f"open({str(fifo)!r}).read()")
    with pytest.raises(KeyboardInterrupt), begun("hangs"):
        raise KeyboardInterrupt
