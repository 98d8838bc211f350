"""A tool that has a file open for writing, and writes one line when it is told to."""

import subprocess
import sys
from pathlib import Path

from tests.commands.ops.conftest import Spawn

WRITES_LATE = """
import sys
file = open(sys.argv[1], "ab")
print("open", flush=True)
sys.stdin.readline()
file.write(b"| late |\\n")
file.close()
print("closed", flush=True)
"""


def started(spawn: Spawn, path: Path) -> subprocess.Popen[bytes]:
    """It has opened the file when this returns."""
    tool = spawn(sys.executable, "-S", "-c", WRITES_LATE, str(path))
    assert tool.stdout is not None
    assert tool.stdout.readline() == b"open\n"
    return tool


def let_write(tool: subprocess.Popen[bytes]) -> None:
    """Returns when it has closed the file."""
    assert tool.stdin is not None
    assert tool.stdout is not None
    tool.stdin.write(b"\n")
    tool.stdin.flush()
    assert tool.stdout.readline() == b"closed\n"
