"""How much is left on a file system, in words: bytes, and inodes where they are what runs out."""

from commands.ops.disk.disk import Disk, Filesystem
from commands.wording.figures import size


def left(one: Filesystem) -> str:
    """`1.2 GiB free`; `only 812 more files can be made (1.2 GiB free)`."""
    free, inodes = one.space.free_bytes, one.space.free_inodes
    if one.inodes == "normal" or one.inodes != one.level:
        return f"{size(free)} free"
    files = f"only {inodes:,} more files can be made" if inodes else "no file can be made any more"
    return f"{files} ({size(free)} free)"


def own_is_worse(disk: Disk) -> bool:
    """Whether our own file system is what is worst."""
    return disk.own is not None and disk.own.level == disk.worst != disk.level
