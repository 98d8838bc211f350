"""`finish.sh`: finalizes a batch."""

import subprocess
from collections import Counter
from pathlib import Path

from tests.commands.demo_host.running import FINISH, counts, tool


def test_a_batch_moves_from_implemented_to_finalized(demo_host: Path) -> None:
    before = counts(demo_host)
    done = tool(demo_host, FINISH, "--batch", "001", "--root", ".")
    assert (done.returncode, done.stdout) == (0, "Batch 001: 25 sites finalized.\n")
    assert counts(demo_host) == before - Counter(I=25) + Counter(Q=25)


def test_other_batches_stay(demo_host: Path) -> None:
    before = counts(demo_host, "006")
    tool(demo_host, FINISH, "--batch", "001", "--root", ".")
    assert counts(demo_host, "006") == before == {"I": 1}


def test_the_finalization_is_committed(demo_host: Path) -> None:
    tool(demo_host, FINISH, "--batch", "006", "--root", ".")
    status = subprocess.check_output(["git", "-C", str(demo_host), "status", "--porcelain"], text=True)
    assert status == ""


def test_a_finalized_batch_has_nothing_left_to_move(demo_host: Path) -> None:
    done = tool(demo_host, FINISH, "--batch", "002", "--root", ".")
    assert (done.returncode, done.stdout) == (0, "Batch 002: 0 sites finalized.\n")


def test_another_root_is_refused(demo_host: Path, tmp_path: Path) -> None:
    done = tool(demo_host, FINISH, "--batch", "001", "--root", str(tmp_path))
    assert done.returncode == 2
    assert "--root must be the batch host this tool belongs to" in done.stderr
    assert not counts(demo_host)["Q"]


def test_both_words_are_required(demo_host: Path) -> None:
    done = tool(demo_host, FINISH, "--batch", "001")
    assert done.returncode == 2
    assert "required: --root" in done.stderr
