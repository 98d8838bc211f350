"""The disk, watched: told once when it fills up and once when it is better; at critical, launches are held by itself."""

from dataclasses import dataclass

from commands.ops import audit, disk, events, hold, later, mutes
from commands.ops.disk import LEVELS, Level
from commands.ops.errors import OpsError
from commands.ops.house import House
from commands.ops.roles import OURSELVES

SUBJECT = "batch disk"
AFTERWARDS = "dedupe"  # a disk that was full may have cut short what was being written
TWICE = 2


@dataclass(slots=True)
class DiskGuard:
    """Looks when told to. Tells by events of the subject `batch disk`: `alert`, `worse`, `recovered`."""

    house: House
    _level: Level | None = None
    _times: int = 0
    _held: bool = False

    def look(self) -> None:
        """Judge the fullest of the host's file systems.

        Raises:
            NotReadable: the journal cannot be used.
            sqlite3.Error: what was noticed could not be written.
        """
        level = disk.read(self.house.settings, self.house.machine).level
        if level is None:
            return
        self._times = self._times + 1 if level == self._level else 1
        self._level = level
        if self._times < TWICE:
            return
        said = self._hold(level)  # first: it needs no journal
        told = self._told()
        kind = _news(told, level)
        if kind:
            self._tell(kind, level, told, said)

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

    def _told(self) -> Level:
        """What stands in the channel; `normal` where nothing does."""
        told = events.newest(self.house.journal.connection(), SUBJECT, ("alert", "worse", "recovered"))
        level = told.data.get("level") if told and told.kind != "recovered" else None
        return next((one for one in LEVELS if one == level), "normal")

    def _tell(self, kind: str, level: Level, told: Level, said: str) -> None:
        now = self.house.clock.now()
        with self.house.journal.write() as transaction:
            if said:
                audit.append(transaction, now, "held by itself", OURSELVES, None, level=level, happened=said)
            if kind == "recovered" and told == "critical":
                later.put(transaction, now, AFTERWARDS, AFTERWARDS, OURSELVES)
            if kind == "recovered" or not mutes.of(transaction, SUBJECT, now):
                events.append(transaction, now, SUBJECT, kind, {"level": level, "said": said})


def _news(told: Level, level: Level) -> str | None:
    """What is to be told; nothing about a disk that is filling slowly, or only less bad."""
    bad = LEVELS.index("alert")
    before, now = LEVELS.index(told), LEVELS.index(level)
    if now >= bad:
        return "alert" if before < bad else "worse" if now > before else None
    return "recovered" if before >= bad else None
