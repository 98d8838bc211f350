"""The disk, looked at whole: level, growth, where the space went, and the cleanup ladder."""

import sqlite3
from dataclasses import dataclass

from commands.ops.disk import disk, growth as disk_growth, ladder, usage
from commands.ops.disk.disk import Disk
from commands.ops.disk.growth import USES, Grown, Growth
from commands.ops.disk.ladder import Ladder
from commands.ops.disk.usage import DiskUse
from commands.ops.errors import NotReadable
from commands.ops.history.samples import newest
from commands.ops.house import House

REMEMBERED_SECONDS = 60.0  # between two sizes that are kept to compare with


@dataclass(frozen=True, slots=True)
class DiskDiagnosis:
    """What one look saw; `grown`: what has grown since the directories were measured before, the most first."""

    disk: Disk
    growth: Growth
    use: DiskUse
    grown: tuple[Grown, ...]
    ladder: Ladder

    @property
    def problems(self) -> tuple[str, ...]:
        """What could not be read, each once."""
        return tuple(dict.fromkeys((*self.disk.problems, *self.use.problems, *self.ladder.problems)))


def look(house: House) -> DiskDiagnosis:
    """Look at all of it. Never raises an OpsError."""
    seen = disk.read(house.settings, house.machine)
    use = usage.read(house.settings, house.machine)
    connection, now = house.journal.connection(), house.clock.now()
    return DiskDiagnosis(
        disk=seen,
        growth=disk_growth.growth(connection, now, seen.free_bytes),
        use=use,
        grown=disk_growth.grown(connection, now, use.directories),
        ladder=ladder.look(house, use),
    )


def remember(house: House, found: DiskDiagnosis) -> tuple[str, ...]:
    """Keep the sizes for the next look; why they could not be, as a problem.

    Not where a disk is critical, ours among them: its last space is for plans and audit.
    """
    now = house.clock.now()
    last = newest(house.journal.connection(), USES)
    recent = last is not None and (now - last.at).total_seconds() < REMEMBERED_SECONDS
    if found.disk.worst == "critical" or recent:
        return ()
    try:
        with house.journal.write() as transaction:
            disk_growth.remember(transaction, now, found.use.directories)
    except (sqlite3.Error, NotReadable) as error:
        return (f"These sizes could not be kept to compare with: {error}.",)
    return ()
