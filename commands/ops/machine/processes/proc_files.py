"""Small files below /proc, read whole."""

import os

BLOCK = 16 * 1024
MOST_BYTES = 2 * 1024**2  # of a command line: what the kernel allows by default


def read_proc(path: str) -> bytes:
    """The file; what the kernel shows of a process in one read is one moment of it.

    Raises:
        OSError: the process ended, or may not be seen.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        data = os.read(descriptor, BLOCK)
        while (
            data and len(data) % BLOCK == 0 and len(data) < MOST_BYTES
        ):  # all but a few end before the first block
            more = os.read(descriptor, BLOCK)
            if not more:
                break
            data += more
        return data
    finally:
        os.close(descriptor)
