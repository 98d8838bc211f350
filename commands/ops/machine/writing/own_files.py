"""Files of our own: written whole, for our eyes only, and removed."""

import os
from contextlib import suppress
from pathlib import Path

from commands.ops.machine.writing import strays
from commands.ops.machine.writing.moments import closing
from commands.ops.machine.writing.staging import staged


def write_new(path: Path, data: bytes) -> None:
    """Make a file with this content, synced; a name that is there already gets the new content, old or new.

    Raises:
        OSError: it is not there, or not certain to survive a power cut.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)) as directory:
        part = strays.part_name(path.name)
        with staged(directory, part, data):
            os.rename(part, path.name, src_dir_fd=directory, dst_dir_fd=directory)
        os.fsync(directory)


def remove(path: Path) -> None:
    """Remove a file; that it is gone already is fine.

    Raises:
        OSError: it is still there.
    """
    path.unlink(missing_ok=True)


def remove_directory(path: Path) -> None:
    """Remove a directory with the files in it; that it is gone already is fine.

    Raises:
        OSError: it is still there; some of its files may be gone.
    """
    with suppress(FileNotFoundError):
        for file in path.iterdir():
            remove(file)
        path.rmdir()
