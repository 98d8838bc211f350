"""A new file put where there is none: there whole, or not at all, and never over another one."""

import os
from contextlib import suppress
from enum import Enum
from pathlib import Path

from commands.ops.machine.writing import strays
from commands.ops.machine.writing.flag_file import take_after
from commands.ops.machine.writing.moments import closing
from commands.ops.machine.writing.staging import staged

_PERMISSIONS = 0o644


class Placed(Enum):
    """Whether the file is there: for certain, or perhaps not after a power cut; or another one was there already."""

    durable = "durable"
    uncertain = "uncertain"
    no = "no"


def place_new(path: Path, data: bytes) -> Placed:
    """Make a file with this content, synced, for the owner of its directory.

    Raises:
        OSError: it was not made.
    """
    with closing(os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)) as directory:
        part = strays.part_name(path.name)
        with staged(directory, part, data) as new:
            take_after(new, directory)
            os.fchmod(new, _PERMISSIONS)
            try:
                # link(2) never replaces what is there.
                os.link(part, path.name, src_dir_fd=directory, dst_dir_fd=directory, follow_symlinks=False)
            except FileExistsError:
                return Placed.no
            finally:
                with suppress(OSError):  # what is left of it is swept by the next edit
                    os.unlink(part, dir_fd=directory)
        try:
            os.fsync(directory)
        except OSError:
            return Placed.uncertain
        return Placed.durable
