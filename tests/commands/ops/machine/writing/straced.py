"""A replacement run under strace(1), with an error at one of its system calls.

strace is attached when the child has imported everything, so that it counts the replacement's calls and no others.
"""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE

CALLS = (
    *("openat", "write", "fsync", "fchmod", "fchown", "fstat", "newfstatat", "flistxattr"),
    *("rename", "renameat", "renameat2", "close", "unlink", "unlinkat", "dup", "fcntl"),
    *("pread64", "flock", "getdents64", "mkdir", "fdatasync"),
)

# The last call of the child, which ends the counting: getppid.
CHILD = """
import ctypes, os, sys
from pathlib import Path
from commands.ops.machine.writing.exchange import NotReplaced, replace
ctypes.CDLL(None).prctl(0x59616D61, -1)  # PR_SET_PTRACER, any
path, old, new = Path(sys.argv[1]), Path(sys.argv[2]).read_bytes(), Path(sys.argv[3]).read_bytes()
print("ready", flush=True)
os.read(0, 1)
try:
    replaced = replace(path, new, old)
    answer = f"replaced durable={replaced.durable} exchanged={replaced.exchanged}"
except NotReplaced as error:
    answer = "not replaced: " + error.sentence
os.getppid()
print(answer)
"""


def replaced(path: Path, old: Path, new: Path, *inject: str) -> tuple[str, Counter[str]]:
    """Replace a file with these errors (`fsync:error=EIO:when=1`); what the child says, and the calls it made."""
    command = [sys.executable, "-S", "-c", CHILD, str(path), str(old), str(new)]
    environ = {"PYTHONPATH": ":".join(sys.path)}
    calls = old.with_name("calls")
    with (
        subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True, env=environ) as child,
        attached(child, calls, *inject),
    ):
        said = child.communicate("x")[0]
    return said.strip(), counted(calls)


def counted(calls: Path) -> Counter[str]:
    """How often the child made each call."""
    during = calls.read_text().partition("getppid(")[0]
    return Counter(re.findall(r"^(\w+)\(", during, re.MULTILINE))


@contextmanager
def attached(child: subprocess.Popen[str], calls: Path, *inject: str) -> Iterator[None]:
    """Hold on to a child that is ready, until it ends; its calls go into a file."""
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    rules = [part for rule in inject for part in ("-e", f"inject={rule}")]
    traced = f"trace=read,getppid,{','.join(CALLS)}"
    command = ["strace", "-o", str(calls), "-p", str(child.pid), "-e", traced, *rules]
    with subprocess.Popen(command, stderr=PIPE, text=True) as strace:
        assert strace.stderr is not None
        assert "attached" in strace.stderr.readline()
        yield
