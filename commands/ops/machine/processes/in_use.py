"""Which files any process has open, told by the files themselves and not by their names."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class InUse:
    """files: device and inode of every open file and working directory. unseen: processes that may not be looked at."""

    files: frozenset[tuple[int, int]]
    unseen: int


def look(proc: Path) -> InUse:
    """Look at every process; one that ends meanwhile has nothing open.

    Raises:
        OSError: no process can be seen.
    """
    found: set[tuple[int, int]] = set()
    unseen = 0
    for pid in filter(str.isdigit, os.listdir(proc)):  # noqa: PTH208 - names are all we need
        try:
            names = os.listdir(f"{proc}/{pid}/fd")  # noqa: PTH208 - names are all we need
        except PermissionError:
            unseen += 1
            continue
        except OSError:
            continue
        for link in ("cwd", *(f"fd/{name}" for name in names)):
            try:
                state = os.stat(f"{proc}/{pid}/{link}")  # noqa: PTH116 - thousands of them
            except OSError:
                continue
            found.add((state.st_dev, state.st_ino))
    return InUse(frozenset(found), unseen)
