"""Read leases: the kernel's own word that nobody has a file open for writing.

A read lease is granted only while no process has the file open for writing, and a process that then opens it so
waits until the lease is given back: fcntl(2), "Leases". The owner of the file, or CAP_LEASE, may take one.
"""

import fcntl
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum

_F_SETSIG = 10  # not in Python's fcntl


class Writers(Enum):
    """Whether a file is open for writing by anybody."""

    none = "none"
    some = "some"
    unknown = "unknown"  # another owner, or a file system without leases


@contextmanager
def no_new_writers(descriptor: int) -> Iterator[Writers]:
    """Hold a read lease over the block where it can be had; says what is known of writers.

    Keep the block to milliseconds: writers wait for its end.
    """
    try:
        # A lease that is broken signals its holder, and the default SIGIO would kill us; SIGURG is ignored by default.
        fcntl.fcntl(descriptor, _F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        yield Writers.some
    except OSError:
        yield Writers.unknown
    else:
        try:
            yield Writers.none
        finally:
            # Where this fails the lease ends with the descriptor; what was done under it must not seem to have failed.
            with suppress(OSError):
                fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
