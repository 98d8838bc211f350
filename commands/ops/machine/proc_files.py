"""Small files below /proc: one open, one read, one close."""

import os

STATE_BYTES = 64 * 1024  # more than any file about one process's state has


def read_proc(path: str, most_bytes: int = STATE_BYTES) -> bytes:
    """The file's beginning; the kernel makes it anew at each reading, so one read is one moment.

    Raises:
        OSError: the process ended, or may not be seen.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(descriptor, most_bytes)
    finally:
        os.close(descriptor)
