"""The disk, watched: told once when it fills up and once when it is better; at critical, launches are held by itself."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from commands.ops import audit, events, hold, later
from commands.ops.disk import critical_span, disk
from commands.ops.disk.critical_span import SUBJECT
from commands.ops.disk.disk import LEVELS, Disk, Level
from commands.ops.errors import OpsError
from commands.ops.house import House
from commands.ops.incidents import mutes
from commands.ops.roles import OURSELVES

# A disk that was full may have cut short what was being written: the registry, and sites.
AFTERWARDS = ("dedupe", "batch sites --cut-short")
SETTLED = timedelta(seconds=60)  # a disk about to be critical again is not looked at each time
HELPS = "batch relieve"
TWICE = 2


@dataclass(slots=True)
class DiskGuard:
    """Looks when told to. Tells by events of the subject `batch disk`: `alert`, `worse`, `recovered`."""

    house: House
    _levels: tuple[Level | None, Level | None] = (None, None)
    _since: datetime | None = None
    _times: int = 0
    _held: bool = False

    def look(self) -> None:
        """Judge the fullest of the host's file systems, and our own.

        Raises:
            NotReadable: the journal cannot be used.
            sqlite3.Error: what was noticed could not be written.
        """
        seen = disk.read(self.house.settings, self.house.machine)
        level, worst = seen.level, seen.worst
        if level is None or worst is None:
            return
        if (level, worst) != self._levels:
            self._levels, self._since, self._times = (level, worst), self.house.clock.now(), 0
        self._times += 1
        if self._times < TWICE:
            return
        said = self._hold(level)  # first: it needs no journal
        self._follow(level)
        kind = _news(self._told(), worst)
        if said or kind:
            self._tell(kind, worst, said, _own(seen))

    def _hold(self, level: Level) -> str:
        """Once for each time that the disk gets critical: whoever resumes in spite of it is not overruled."""
        if level != "critical":
            self._held = False
            return ""
        if self._held or not self.house.settings.disk.hold_at_critical:
            return ""
        self._held = True
        try:
            placed = hold.place(self.house, OURSELVES.name, "the disk is critical")
        except OpsError as error:
            return f"Launches could not be held: {error.sentence}"
        return "Launches are on hold now." if placed.fresh else "Launches were on hold already."

    def _follow(self, level: Level) -> None:
        """Keep when it was critical; once it is not, what was written then is looked at."""
        critical, now = level == "critical", self.house.clock.now()
        if critical == critical_span.stands(self.house.journal.connection()):
            return
        with self.house.journal.write() as transaction:
            for line in AFTERWARDS:
                later.withdraw(transaction, line, OURSELVES)
            if critical:
                critical_span.begin(transaction, now, self._since or now)
            else:
                critical_span.end(transaction, now)
                _look_afterwards(transaction, now)

    def _told(self) -> Level:
        """What stands in the channel; `normal` where nothing does."""
        told = events.newest(self.house.journal.connection(), SUBJECT, ("alert", "worse", "recovered"))
        level = told.data.get("level") if told and told.kind != "recovered" else None
        return next((one for one in LEVELS if one == level), "normal")

    def _tell(self, kind: str | None, level: Level, said: str, own: str) -> None:
        now = self.house.clock.now()
        with self.house.journal.write() as transaction:
            if said:
                audit.append(transaction, now, "held by itself", OURSELVES, None, level=level, happened=said)
            if kind and (kind == "recovered" or not mutes.of(transaction, SUBJECT, now)):
                words = " ".join(filter(None, (said, own)))
                events.append(
                    transaction,
                    now,
                    SUBJECT,
                    kind,
                    {
                        "level": level,
                        "said": words,
                        "helps": HELPS if level == "critical" and not own else "",
                    },
                )


def _look_afterwards(transaction: sqlite3.Connection, now: datetime) -> None:
    for line in AFTERWARDS:
        later.put(transaction, now + SETTLED, line, line, OURSELVES)


def _own(seen: Disk) -> str:
    """Where it is our own disk that is worst."""
    own = seen.own
    if own is None or own.level != seen.worst or own.level in (seen.level, "normal"):
        return ""
    return f"It is Wavewarden's own disk that is at {own.level}: {own.paths[0]}."


def _news(told: Level, level: Level) -> str | None:
    """What is to be told; nothing about a disk that is filling slowly, or only less bad."""
    bad = LEVELS.index("alert")
    before, now = LEVELS.index(told), LEVELS.index(level)
    if now >= bad:
        return "alert" if before < bad else "worse" if now > before else None
    return "recovered" if before >= bad else None
