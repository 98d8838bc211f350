"""Renaming as Python cannot: renameat2(2), with two names exchanged in one step, or nothing replaced."""

import ctypes
import errno
import os

_NOREPLACE, _EXCHANGE = 1, 2

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
    _rename((directory, first), (directory, second), _EXCHANGE)


def move_name(source: tuple[int, str], target: tuple[int, str]) -> None:
    """Move a name from one directory to another; what has the new name already is never replaced.

    Args:
        source: a descriptor of the directory, and the name in it.
        target: likewise.

    Raises:
        OSError: as the kernel tells it: EEXIST, or EXDEV where the two are on different file systems.
    """
    _rename(source, target, _NOREPLACE)


def _rename(source: tuple[int, str], target: tuple[int, str], flags: int) -> None:
    call = getattr(_libc, "renameat2", None)
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if call(source[0], os.fsencode(source[1]), target[0], os.fsencode(target[1]), flags) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), source[1], None, target[1])
