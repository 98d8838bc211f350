"""Lines appended to a file under the root, whole or not at all; it is made where there is none."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from commands.ops.machine.writing.flag_file import directory_of, take_after
from commands.ops.machine.writing.moments import closing

_FLAGS = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def append_whole(root: Path, relative: str, heading: str, text: str) -> None:
    """Append text to a file, synced, under a lock that others who append may take (flock); links are not followed.

    Args:
        root: what the file must be under.
        relative: where; directories that are missing are made.
        heading: what an empty file begins with.
        text: whole lines.

    Raises:
        OutsideError: a link on the way leads out of the root.
        OSError: it was not appended; the file is as it was.
    """
    with (
        directory_of(root, relative, make=True) as (directory, name),
        closing(os.open(name, _FLAGS, 0o644, dir_fd=directory)) as file,
    ):
        fcntl.flock(file, fcntl.LOCK_EX)
        size = os.fstat(file).st_size
        if size == 0:
            take_after(file, directory)
        elif os.pread(file, 1, size - 1) != b"\n":
            heading = "\n"
        else:
            heading = ""
        _append(file, size, (heading + text).encode())
        os.fsync(directory)


def _append(file: int, size: int, data: bytes) -> None:
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(file, left) :]
        os.fsync(file)
    except OSError:
        with suppress(OSError):
            os.ftruncate(file, size)
        raise
