"""Space on file systems, as the kernel counts it."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Space:
    """One file system. Free is what an ordinary user may still take, without root's reserve.

    device: the kernel's number for it. total_bytes: what an ordinary user could ever have.
    free_inodes, total_inodes: None where the file system has no fixed number of them (btrfs).
    """

    device: int
    free_bytes: int
    total_bytes: int
    free_inodes: int | None
    total_inodes: int | None


def space_at(path: Path) -> Space:
    """The space where this path lies, or will lie once it is made: its nearest parent that is there.

    Raises:
        OSError: no parent can be asked.
    """
    try:
        device = path.stat().st_dev
        numbers = os.statvfs(path)
    except (FileNotFoundError, NotADirectoryError):
        if path == path.parent:
            raise
        return space_at(path.parent)
    reserved = numbers.f_bfree - numbers.f_bavail
    fixed = numbers.f_files > 0
    return Space(
        device=device,
        free_bytes=numbers.f_bavail * numbers.f_frsize,
        total_bytes=(numbers.f_blocks - reserved) * numbers.f_frsize,
        free_inodes=numbers.f_favail if fixed else None,
        total_inodes=numbers.f_files if fixed else None,
    )
