"""The trash, emptied by age: what a verified archive has goes by itself, told and audited; a deleted batch is told of."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from commands.ops import audit, events
from commands.ops.batches import archive_index
from commands.ops.batches.archive_index import Archived
from commands.ops.disk import site_directory, trash, unarchiving
from commands.ops.errors import OpsError, Refusal
from commands.ops.house import House
from commands.ops.machine.locks.locks import LockHeld, named_lock
from commands.ops.machine.packing import archives
from commands.ops.machine.packing.archives import ArchiveError
from commands.ops.roles import Caller

OURSELVES = Caller("os:wavewarden", "Wavewarden", "terminal")
EMPTIED, KEPT = "trash emptied", "trash kept"


@dataclass(frozen=True, slots=True)
class TrashAge:
    """Looks when told to. Tells by an event of the subject `trash NAME`, once each."""

    house: House

    def look(self) -> None:
        """Empty what is old enough, or say why it stays.

        Raises:
            NotReadable: the journal cannot be used.
            sqlite3.Error: what was done could not be written.
        """
        days = self.house.settings.cleaning.trash_days
        if not days:
            return
        try:
            entries = archive_index.read(self.house.settings, self.house.machine)
        except OpsError:
            return  # the diagnosis tells it
        before = self.house.clock.now() - timedelta(days=days)
        for entry in entries:
            if entry.at <= before and self._is_there(entry):
                self._one(entry, days)

    def _one(self, entry: Archived, days: float) -> None:
        if entry.archive is None:
            self._tell(entry, KEPT, _deleted(entry, days), f"batch clean trash {entry.batch}")
            return
        try:
            with ExitStack() as stack:
                for name in sorted(("disk", f"batch {entry.batch}")):
                    text = f"emptying the trash of batch {entry.batch} by age"
                    stack.enter_context(named_lock(self.house.settings.state, name, text, 0))
                self._empty(entry, days)
        except LockHeld:
            return  # somebody works on it: at the next look
        except OpsError as error:
            said = f"The trash of batch {entry.batch} is not emptied by age: {error.sentence}"
            self._tell(entry, KEPT, said, "batch clean trash")

    def _empty(self, entry: Archived, days: float) -> None:
        """The intent is written before, the result after."""
        self._same_as_archive(entry)
        taken = self._bytes(entry)
        self._audit("intent by itself", entry, title=f"Empty the trash of batch {entry.batch}")
        trash.empty(self.house, entry.trash)
        said = (
            f"The trash of batch {entry.batch} was emptied by itself after {days:g} days:"
            f" {len(entry.sites)} sites, {taken / 1024**2:,.1f} MiB. {entry.archive} was read again before, and has them."
        )
        self._audit("emptied by itself", entry, happened=said)
        self._tell(entry, EMPTIED, said, "")

    def _same_as_archive(self, entry: Archived) -> None:
        """Nobody looks at it before it goes: every name and byte in the trash must be in the archive.

        Raises:
            Refusal: the archive is gone or another, or something in the trash is not in it.
        """
        unarchiving.check(self.house, entry)
        path, directory = unarchiving.path_of(self.house, entry), self._directory(entry)
        try:
            read = archives.compare(directory, path, self.house.settings.limits.archive_seconds)
        except ArchiveError as error:
            raise Refusal(f"{error}.") from None
        names = sum(one.names for site in entry.sites if (one := site_directory.read(directory, site)))
        if read != names:
            raise Refusal(f"The trash has {names:,} names, and {entry.archive} has {read:,}.")

    def _tell(self, entry: Archived, kind: str, said: str, helps: str) -> None:
        subject = f"trash {entry.trash}"
        if events.has(self.house.journal.connection(), subject, kind):
            return
        with self.house.journal.write() as transaction:
            events.append(transaction, self.house.clock.now(), subject, kind, {"said": said, "helps": helps})

    def _audit(self, kind: str, entry: Archived, **data: str) -> None:
        with self.house.journal.write() as transaction:
            audit.append(
                transaction, self.house.clock.now(), kind, OURSELVES, None, trash=entry.trash, **data
            )

    def _is_there(self, entry: Archived) -> bool:
        return self._directory(entry).is_dir()

    def _directory(self, entry: Archived) -> Path:
        return self.house.machine.root / self.house.settings.tree.trash / entry.trash

    def _bytes(self, entry: Archived) -> int:
        directory = self._directory(entry)
        return sum(one.bytes for site in entry.sites if (one := site_directory.read(directory, site)))


def _deleted(entry: Archived, days: float) -> str:
    return (
        f"Batch {entry.batch} was deleted more than {days:g} days ago and still is in the trash; there is no archive of"
        " it, so it stays until its trash is emptied by a plan."
    )
