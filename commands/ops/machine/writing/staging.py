"""A new file in full beside the one it is to replace: with its mode, owner and extended attributes, and synced."""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from commands.ops.machine.writing.moments import closing

Buffer = bytes | memoryview

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_PERMISSIONS = 0o7777

# Lost without harm where we may not set them: the kernel labels new files by itself.
_LABELS = ("security.", "trusted.")


@contextmanager
def staged(
    directory: int, name: str, data: bytes | Iterable[Buffer], like: int | None = None
) -> Iterator[int]:
    """Write a new file, synced, and hand out a descriptor at its end; where the block fails, it is gone again.

    Args:
        directory: a descriptor of the directory.
        name: the new file's name in it.
        data: its content, whole or in pieces.
        like: a descriptor of the file whose mode, owner and extended attributes it takes;
            without one it is its maker's alone.

    Raises:
        OSError: it could not be written, synced or given what the other has; nothing is left of it.
    """
    try:
        with closing(os.open(name, _FLAGS, 0o600, dir_fd=directory)) as descriptor:
            for piece in (data,) if isinstance(data, bytes) else data:
                _write(descriptor, piece)
            if like is not None:
                _take_after(descriptor, like)
            # Once, and never again: after a failed fsync the kernel takes the lost pages for clean (LWN 752063).
            os.fsync(descriptor)
            yield descriptor
    except BaseException:
        with suppress(OSError):
            os.unlink(name, dir_fd=directory)
        raise


def _write(descriptor: int, data: Buffer) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def _take_after(descriptor: int, like: int) -> None:
    """Owner, then mode (changing the owner clears bits of it), then attributes (an access list needs the mode)."""
    theirs, ours = os.fstat(like), os.fstat(descriptor)
    if (theirs.st_uid, theirs.st_gid) != (ours.st_uid, ours.st_gid):
        _give(descriptor, theirs)
    os.fchmod(descriptor, theirs.st_mode & _PERMISSIONS)
    for name in _attributes(like):
        try:
            os.setxattr(descriptor, name, os.getxattr(like, name))
        except OSError:
            if not name.startswith(_LABELS):
                raise


def _give(descriptor: int, like: os.stat_result) -> None:
    try:
        os.fchown(descriptor, like.st_uid, like.st_gid)
    except PermissionError:
        owner = f"{like.st_uid}:{like.st_gid}"
        raise PermissionError(errno.EPERM, f"only its owner ({owner}) or root can keep it theirs") from None


def _attributes(descriptor: int) -> list[str]:
    try:
        return os.listxattr(descriptor)
    except OSError:
        return []  # a file system without them
