"""A new file put where there is none: there whole, or not at all, and never over another one."""

import os
from pathlib import Path

from commands.ops.machine import strays
from commands.ops.machine.flag_file import take_after
from commands.ops.machine.moments import closing
from commands.ops.machine.staging import staged

_PERMISSIONS = 0o644


def place_new(path: Path, data: bytes) -> bool:
    """Make a file with this content, synced, for the owner of its directory; false where one is there already.

    Raises:
        OSError: it was not made, or is not certain to survive a power cut.
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
                return False
            finally:
                os.unlink(part, dir_fd=directory)
        os.fsync(directory)
        return True
