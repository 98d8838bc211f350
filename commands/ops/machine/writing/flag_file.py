"""A file whose being there is the message: there in one step, whole, and never through a link that leads elsewhere."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath


class OutsideError(Exception):
    """The path leads out of the root."""


def place(root: Path, relative: str, text: str) -> bool:
    """Make the file; false where something lies there already, which is left as it is.

    On a disk that is full, or a file system without hard links, the file may be there without its text: its being
    there is what counts.

    Raises:
        OutsideError: a link on the way leads out of the root.
        OSError: it cannot be made.
    """
    with directory_of(root, relative) as (directory, name):
        try:
            _place_whole(directory, name, text.encode())
        except FileExistsError:
            return False
        except OSError:
            return _place_bare(directory, name, text.encode())
        return True


def take_away(root: Path, relative: str) -> bool:
    """Remove the file, or the link, itself; false where there is none.

    Raises:
        OutsideError: a link on the way leads out of the root.
        OSError: it cannot be removed: a directory, a read-only disk.
    """
    with directory_of(root, relative) as (directory, name):
        try:
            os.unlink(name, dir_fd=directory)
        except FileNotFoundError:
            return False
        return True


@contextmanager
def directory_of(root: Path, relative: str, *, make: bool = False) -> Iterator[tuple[int, str]]:
    """The directory, held, and the name in it. Links are followed once, then every step is taken without them.

    Args:
        root: what it must be under.
        relative: a file's path in it.
        make: directories that are missing are made.

    Raises:
        OutsideError: a link on the way leads out of the root.
        OSError: it cannot be opened or made.
    """
    path = PurePosixPath(relative)
    top = os.path.realpath(root)
    parent = os.path.realpath(root / path.parent)
    if os.path.commonpath((top, parent)) != top:
        raise OutsideError(f"{root / path.parent} leads out of {root}")
    held = os.open(top, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for step in PurePosixPath(parent).relative_to(top).parts:
            if make:
                _make_below(held, step)
            below = _open_below(held, step)
            os.close(held)
            held = below
        yield held, path.name
    finally:
        os.close(held)


def take_after(descriptor: int, other: int) -> None:
    """Give a file to the owner of another, as far as we may: the host's own tools are to use it too."""
    theirs = os.fstat(other)
    with suppress(PermissionError):
        os.fchown(descriptor, theirs.st_uid, theirs.st_gid)


def _make_below(directory: int, name: str) -> None:
    with suppress(FileExistsError):
        os.mkdir(name, dir_fd=directory)
        made = _open_below(directory, name)
        try:
            take_after(made, directory)
        finally:
            os.close(made)


def _open_below(directory: int, name: str) -> int:
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        return os.open(name, flags, dir_fd=directory)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR):
            raise OutsideError(f"{name} became a link meanwhile") from None
        raise


def _place_whole(directory: int, name: str, data: bytes) -> None:
    """A whole file under another name, then its real one: link(2) never replaces what is there."""
    fresh = f".{name}.{secrets.token_hex(4)}"
    try:
        _write(os.open(fresh, _NEW, 0o644, dir_fd=directory), data)
        os.link(fresh, name, src_dir_fd=directory, dst_dir_fd=directory, follow_symlinks=False)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(fresh, dir_fd=directory)
    with suppress(OSError):  # it is there; at worst a power cut takes it
        os.fsync(directory)


def _place_bare(directory: int, name: str, data: bytes) -> bool:
    try:
        descriptor = os.open(name, _NEW, 0o644, dir_fd=directory)
    except FileExistsError:
        return False
    with suppress(OSError):  # its text is for people; without it, it still holds
        _write(descriptor, data)
    return True


_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def _write(descriptor: int, data: bytes) -> None:
    try:
        os.write(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
