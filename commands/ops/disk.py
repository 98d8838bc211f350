"""The disk: how much is free where the host's directories lie, and what level that is."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from commands.ops.host_settings import DiskLevels, Tree
from commands.ops.machine import disks
from commands.ops.machine.disks import Space
from commands.ops.machine.host import Machine
from commands.ops.settings import OpsSettings

Level = Literal["normal", "warning", "alert", "critical"]
LEVELS: tuple[Level, ...] = ("normal", "warning", "alert", "critical")


@dataclass(frozen=True, slots=True)
class Filesystem:
    """One file system, its level, and which of the host's paths lie on it (relative to the root; `.` is the root)."""

    space: Space
    level: Level
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disk:
    """Every file system that the host's directories lie on, the fullest first; and what could not be read."""

    filesystems: tuple[Filesystem, ...]
    problems: tuple[str, ...]

    @property
    def level(self) -> Level | None:
        """The worst level; None where nothing could be read."""
        return self.filesystems[0].level if self.filesystems else None

    @property
    def free_bytes(self) -> int | None:
        """The free bytes of the fullest file system; None where nothing could be read."""
        return self.filesystems[0].space.free_bytes if self.filesystems else None


def level_of(space: Space, levels: DiskLevels) -> Level:
    """What level this much free space is; without a free inode no file can be made, whatever is free."""
    if space.free_bytes < levels.critical_below or space.free_inodes == 0:
        return "critical"
    if space.free_bytes < levels.alert_below:
        return "alert"
    return "warning" if space.free_bytes < levels.warning_below else "normal"


def read(settings: OpsSettings, machine: Machine) -> Disk:
    """Look at the file system under each of the host's directories. Never raises an OpsError."""
    spaces: dict[int, Space] = {}
    paths: dict[int, list[str]] = {}
    problems: list[str] = []
    for path in directories(settings.tree):
        try:
            space = disks.space_at(machine.root / path)
        except OSError as error:
            problems.append(f"The disk under {machine.root / path} cannot be read: {error.strerror}.")
            continue
        spaces[space.device] = space
        paths.setdefault(space.device, []).append(str(path))
    found = [
        Filesystem(space, level_of(space, settings.disk), tuple(paths[device]))
        for device, space in spaces.items()
    ]
    found.sort(key=lambda one: (-LEVELS.index(one.level), one.space.free_bytes))
    return Disk(tuple(found), tuple(problems))


def directories(tree: Tree) -> tuple[Path, ...]:
    """Where the host writes, relative to its root, the root first, each once."""
    written = (tree.registry, tree.batch_log)
    work = (tree.batches, tree.designs, tree.temp, tree.design_cache, tree.sites, tree.logs)
    named = (*work, tree.archive, tree.trash)
    return tuple(dict.fromkeys([Path(), *(Path(path).parent for path in written), *map(Path, named)]))
