"""Files opened with care, and what may be wrong with them."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Unreadable(Exception):
    """A file cannot be read; `sentence` says which and why.

    Unreadable
    ├── Missing       there is no such file
    ├── NotAFile      a directory, a pipe, a device
    ├── NotPermitted  we may not
    ├── TooLarge      more bytes than asked for
    └── Unstable      it kept changing while being read
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Missing(Unreadable):
    """There is no such file."""


class NotAFile(Unreadable):
    """A directory, a pipe, a device."""


class NotPermitted(Unreadable):
    """We may not."""


class TooLarge(Unreadable):
    """More bytes than asked for."""


class Unstable(Unreadable):
    """It kept changing while being read."""


@contextmanager
def regular_file(path: Path) -> Iterator[int]:
    """A descriptor to read a regular file by; never waits for a pipe's other end.

    Raises:
        Unreadable: one of its kinds.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as error:
        raise unreadable(path, error) from None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotAFile(f"{path} is not a file.")
        yield descriptor
    except OSError as error:
        raise unreadable(path, error) from None
    finally:
        os.close(descriptor)


def beginning(path: Path, most_bytes: int) -> bytes:
    """The first bytes of a file, as it stands at this moment.

    Raises:
        Unreadable: one of its kinds.
    """
    with regular_file(path) as descriptor:
        return os.read(descriptor, most_bytes)


def names_in(directory: Path) -> tuple[str, ...]:
    """What lies in a directory, by name.

    Raises:
        Unreadable: one of its kinds; Missing where it is no directory.
    """
    try:
        return tuple(entry.name for entry in directory.iterdir())
    except OSError as error:
        raise unreadable(directory, error) from None


def changed_at(path: Path) -> float:
    """When what lies at this path was last changed, in seconds of the epoch; a link is not followed.

    Raises:
        Unreadable: one of its kinds.
    """
    try:
        return path.lstat().st_mtime
    except OSError as error:
        raise unreadable(path, error) from None


def unreadable(path: Path, error: OSError) -> Unreadable:
    """What the operating system said, as one of our kinds."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return Missing(f"There is no {path}.")
    if error.errno in (errno.EACCES, errno.EPERM):
        return NotPermitted(f"{path} may not be read by this user.")
    if error.errno in (errno.ENXIO, errno.EISDIR):
        return NotAFile(f"{path} is not a file.")
    return Unreadable(f"{path} cannot be read: {error.strerror}.")
