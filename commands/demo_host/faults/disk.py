"""`disk`: temp files and cache grow until space runs out, or up to a quota; never on the machine's own disks."""

import os
import tempfile
import time
from pathlib import Path

from commands.demo_host.errors import HostError
from commands.demo_host.faults.fault import Fault
from commands.demo_host.hosttools import settings

MIB = 1024**2
SMALL_BYTES = 4 * 1024 * MIB
FREE_SHARE, MOST_FREE = (
    20,
    60 * MIB,
)  # a filled file system keeps a twentieth free, below the runbook's 100 MB
MACHINE_KEEPS = 2 * 1024 * MIB  # what a quota must leave free on a large file system
FILE_BYTES = 64 * MIB
AGE_SECONDS = 3600.0  # of what grew: left behind by agents that ended long ago
PLACES = (".smbatcher/tmp", ".smbatcher/design-cache", ".smbatcher/tmp")
# File systems that other programs live on are never filled, however small they are.
SHARED = ("/", "/var", "/tmp", "/dev/shm", "/run")  # noqa: S108 - looked at, not written to


def fill(root: Path) -> str:
    """Fill the host's own small file system nearly full, or grow by the quota where the file system is shared."""
    if has_own_small_disk(root):
        free = _free(root)
        total = os.statvfs(root).f_blocks * os.statvfs(root).f_frsize
        grown = _grow(root, free - min(MOST_FREE, total // FREE_SHARE))
        return f"The file system of the host was filled with {_words(grown)}; {_words(_free(root))} are free."
    quota = settings.read(str(root)).disk_quota
    if _free(root) - quota < MACHINE_KEEPS:
        raise HostError(
            f"The file system of {root} has too little space for {_words(quota)} more; use --size."
        )
    grown = _grow(root, quota - _filled(root))
    return f"Temp files and design cache grew by {_words(grown)}, to their quota of {_words(quota)}."


def has_own_small_disk(root: Path) -> bool:
    """Whether the host lies on a small file system that nothing else of the machine needs."""
    places = (*map(Path, SHARED), Path.home(), Path(tempfile.gettempdir()))
    shared = {place.stat().st_dev for place in places if place.exists()}
    whole = os.statvfs(root)
    return root.stat().st_dev not in shared and whole.f_blocks * whole.f_frsize <= SMALL_BYTES


def _free(root: Path) -> int:
    whole = os.statvfs(root)
    return whole.f_bavail * whole.f_frsize


def _words(size: int) -> str:
    return f"{size / MIB:.1f} MiB"


def _fills(root: Path) -> list[Path]:
    return [path for place in set(PLACES) for path in (root / place).glob("render-*.bin")]


def _filled(root: Path) -> int:
    return sum(path.stat().st_size for path in _fills(root))


def _grow(root: Path, size: int) -> int:
    """Allocate real blocks in files of 64 MiB at most; how many bytes it came to."""
    first, grown = len(_fills(root)), 0
    while grown < size:
        number = first + grown // FILE_BYTES
        path = root / PLACES[number % len(PLACES)] / f"render-{number:04}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        piece = min(FILE_BYTES, size - grown)
        with path.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, piece)
        left_at = time.time() - AGE_SECONDS
        os.utime(path, (left_at, left_at))
        grown += piece
    return grown


DISK = Fault("disk", "the disk fills up, or grows to the quota of --size", fill)
