"""A process that the kernel really kills for want of memory, found in the kernel's own log."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commands.ops.machine.logs import kernel_log

MIB = 1024**2
GROUPS = (
    (Path("/sys/fs/cgroup/memory"), "memory.limit_in_bytes"),  # version 1
    (Path("/sys/fs/cgroup"), "memory.max"),  # version 2
)
EATS = "import sys; sys.stdin.readline(); held = b'x' * (512 * 1024**2)"


@pytest.fixture
def small_group() -> Iterator[Path]:
    """A control group whose processes may have 64 MiB together."""
    for above, limit in GROUPS:
        group = above / f"wavewarden-test-{os.getpid()}"
        try:
            group.mkdir()
        except OSError:
            continue
        try:
            (group / limit).write_text(str(64 * MIB))
            yield group
        except OSError:
            continue
        else:
            return
        finally:
            group.rmdir()
    pytest.skip("no control group with a limit on memory can be made here")


@pytest.mark.privileged
def test_a_real_kill_is_found_with_its_process_and_time(small_group: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", EATS], stdin=subprocess.PIPE) as process:
        (small_group / "cgroup.procs").write_text(str(process.pid))
        process.communicate(b"go\n")
    assert process.returncode == -signal.SIGKILL
    now = datetime.now(UTC)
    [kill] = [one for one in kernel_log.oom_kills(now) if one.pid == process.pid]
    assert kill.name.startswith("python")
    assert kill.at is not None
    assert abs(now - kill.at) < timedelta(minutes=1)
