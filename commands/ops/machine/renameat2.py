"""Two names of one directory exchanged in one step: renameat2(2) with RENAME_EXCHANGE, which Python does not have."""

import ctypes
import errno
import os

_RENAME_EXCHANGE = 2

# What a kernel, a C library or a file system says that cannot exchange.
UNSUPPORTED = frozenset({errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP})

_libc = ctypes.CDLL(None, use_errno=True)


def exchange_names(directory: int, first: str, second: str) -> None:
    """Each name stands for the other's file afterwards; there is no moment at which either is missing.

    Args:
        directory: a descriptor of the directory that both names are in.
        first: one name.
        second: the other.

    Raises:
        OSError: as the kernel tells it; its errno is in `UNSUPPORTED` where this cannot be done here at all.
    """
    call = getattr(_libc, "renameat2", None)
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if call(directory, os.fsencode(first), directory, os.fsencode(second), _RENAME_EXCHANGE) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), first, None, second)
