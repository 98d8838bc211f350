"""Kill -9 in the middle of a replacement: the old file or the new one, and no stray for long."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commands.ops.machine.writing import strays
from tests.commands.ops.machine.writing import replacing

LINES = 4_000


def torn_after_kills(program: str, path: Path, times: int) -> int:
    """How often the file was neither the old nor the new one."""
    torn = 0
    moments = random.Random(times)  # noqa: S311 (any moment will do)
    path.write_bytes(replacing.whole(0, LINES))
    for kill in range(times):
        command = [sys.executable, "-S", "-c", program, str(path), str(LINES), str(kill * 1000)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, env={"PYTHONPATH": ":".join(sys.path)}
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline()
            time.sleep(moments.uniform(0, 0.03))
            child.kill()
        if replacing.generation(path.read_bytes(), LINES) is None:
            torn += 1
            path.write_bytes(replacing.whole(0, LINES))
    return torn


@pytest.mark.parametrize("times", [10, pytest.param(300, marks=pytest.mark.long)])
def test_no_kill_tears_the_file_and_the_next_start_sweeps(tmp_path: Path, times: int) -> None:
    path = tmp_path / "REGISTRY.md"
    assert torn_after_kills(replacing.FOREVER, path, times) == 0
    assert strays.sweep(path) == ()
    assert list(tmp_path.iterdir()) == [path]


def test_the_same_kills_tear_a_file_that_is_written_in_place(tmp_path: Path) -> None:
    assert torn_after_kills(replacing.FOREVER_IN_PLACE, tmp_path / "REGISTRY.md", 15) > 0
