"""The disk: how much is free where the host's directories and our own lie, and what level that is."""

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
SCARCE = 10  # inodes are no worry while a tenth of them is free, however few a small file system has


@dataclass(frozen=True, slots=True)
class Filesystem:
    """One file system, its level, and which of the host's paths lie on it (relative to the root; `.` is the root).

    inodes: the level of its inodes alone, one of the two that `level` is the worse of.
    """

    space: Space
    level: Level
    paths: tuple[str, ...]
    inodes: Level = "normal"


@dataclass(frozen=True, slots=True)
class Disk:
    """Every file system that the host's directories lie on, the fullest first; and what could not be read.

    own: that of our state directory, where it is none of the host's. It keeps nobody from launching.
    """

    filesystems: tuple[Filesystem, ...]
    problems: tuple[str, ...]
    own: Filesystem | None = None

    @property
    def level(self) -> Level | None:
        """The host's worst level; None where nothing could be read."""
        return self.filesystems[0].level if self.filesystems else None

    @property
    def worst(self) -> Level | None:
        """The worst level of all, our own among them: what is told, and what our writing goes by."""
        return worse(self.level, self.own.level) if self.level and self.own else self.level

    @property
    def free_bytes(self) -> int | None:
        """The free bytes of the fullest file system of the host; None where nothing could be read."""
        return self.filesystems[0].space.free_bytes if self.filesystems else None


def level_of(space: Space, levels: DiskLevels) -> Level:
    """What level this much free space is, of bytes and inodes the worse."""
    bounds = (levels.critical_below, levels.alert_below, levels.warning_below)
    return worse(_level(space.free_bytes, bounds), inodes_level(space, levels))


def inodes_level(space: Space, levels: DiskLevels) -> Level:
    """What level so many free inodes are: without one no file can be made, whatever space is free."""
    free, total = space.free_inodes, space.total_inodes
    if free is None or total is None or free * SCARCE >= total > 0:
        return "normal"
    return _level(
        free, (levels.inodes_critical_below, levels.inodes_alert_below, levels.inodes_warning_below)
    )


def worse(one: Level, other: Level) -> Level:
    """The worse of two levels."""
    return max(one, other, key=LEVELS.index)


def read(settings: OpsSettings, machine: Machine) -> Disk:
    """Look at the file system under each of the host's directories, and our own. Never raises an OpsError."""
    spaces: dict[int, Space] = {}
    paths: dict[int, list[str]] = {}
    problems: list[str] = []
    for path in directories(settings.tree):
        space = _space(machine.root / path, problems)
        if space:
            spaces[space.device] = space
            paths.setdefault(space.device, []).append(str(path))
    found = [_filesystem(space, settings.disk, tuple(paths[device])) for device, space in spaces.items()]
    found.sort(key=lambda one: (-LEVELS.index(one.level), one.space.free_bytes))
    state = _space(settings.state, problems)
    own = _own(state, settings) if state and state.device not in spaces else None
    return Disk(tuple(found), tuple(problems), own)


def directories(tree: Tree) -> tuple[Path, ...]:
    """Where the host writes, relative to its root, the root first, each once."""
    written = (tree.registry, tree.batch_log)
    work = (tree.batches, tree.designs, tree.temp, tree.design_cache, tree.sites, tree.logs)
    named = (*work, tree.archive, tree.trash)
    return tuple(dict.fromkeys([Path(), *(Path(path).parent for path in written), *map(Path, named)]))


def _filesystem(space: Space, levels: DiskLevels, paths: tuple[str, ...]) -> Filesystem:
    return Filesystem(space, level_of(space, levels), paths, inodes_level(space, levels))


def _own(space: Space, settings: OpsSettings) -> Filesystem:
    """Ours needs less than a host's: the journal's size is capped, and it has room set aside."""
    levels = settings.disk
    bounds = (levels.state_critical_below, levels.state_alert_below, levels.state_warning_below)
    # Our files are few: only their last inodes are a matter of ours.
    inodes: Level = "critical" if space.free_inodes == 0 else "normal"
    level = worse(_level(space.free_bytes, bounds), inodes)
    return Filesystem(space, level, (str(settings.state),), inodes)


def _level(free: int, bounds: tuple[int, int, int]) -> Level:
    """By the bounds of critical, alert and warning."""
    critical, alert, warning = bounds
    if free < critical:
        return "critical"
    if free < alert:
        return "alert"
    return "warning" if free < warning else "normal"


def _space(path: Path, problems: list[str]) -> Space | None:
    try:
        return disks.space_at(path)
    except OSError as error:
        problems.append(f"The disk under {path} cannot be read: {error.strerror}.")
        return None
