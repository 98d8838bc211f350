"""Who holds a flock, as the kernel tells."""

import fcntl
import os
from pathlib import Path

from commands.ops.machine.locks.holders import holding

PROC = Path("/proc")


def test_the_holder_of_a_flock_is_named_and_one_who_only_has_the_file_open_is_not(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with path.open("ab") as lock:
        assert holding(PROC, path) == ()
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert holding(PROC, path) == (os.getpid(),)
    assert holding(PROC, path) == ()


def test_who_waits_for_it_is_no_holder(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.touch()
    found = path.stat()
    file = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
    lines = [
        f"1: FLOCK  ADVISORY  WRITE 41 {file} 0 EOF",
        f"1: -> FLOCK  ADVISORY  WRITE 42 {file} 0 EOF",
        f"2: POSIX  ADVISORY  WRITE 43 {file} 0 EOF",
        "3: FLOCK  ADVISORY  WRITE 44 00:00:1 0 EOF",
    ]
    (tmp_path / "locks").write_text("\n".join(lines) + "\n")
    assert holding(tmp_path, path) == (41,)


def test_where_nothing_tells_nobody_is_named(tmp_path: Path) -> None:
    assert holding(tmp_path, tmp_path / "none") == ()
    (tmp_path / "lock").touch()
    assert holding(tmp_path, tmp_path / "lock") == ()
