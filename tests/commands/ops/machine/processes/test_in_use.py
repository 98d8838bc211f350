"""Files that some process has open, or is in."""

import subprocess
import sys
from pathlib import Path

from commands.ops.machine.processes import in_use

PROC = Path("/proc")
OPENS = "import sys; file = open(sys.argv[1]); print('up', flush=True); sys.stdin.read()"


def identity(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_dev, state.st_ino


def test_an_open_file_and_a_working_directory_are_in_use_under_whatever_name(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    for name in ("open", "closed"):
        (tmp_path / name).write_text("x")
    argv = [sys.executable, "-c", OPENS, str(tmp_path / "open")]
    with subprocess.Popen(
        argv, cwd=tmp_path / "inside", stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        (tmp_path / "open").rename(tmp_path / "renamed")
        found = in_use.look(PROC)
        process.communicate()
    assert identity(tmp_path / "renamed") in found.files
    assert identity(tmp_path / "inside") in found.files
    assert identity(tmp_path / "closed") not in found.files
