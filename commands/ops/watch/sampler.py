"""The sampler: one look at the host every few seconds, what it saw and what had changed, into the journal."""

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from commands.ops import events
from commands.ops.agents import agents
from commands.ops.agents.agents import Seen
from commands.ops.errors import NotReadable
from commands.ops.history import agent_memory, batch_figures, samples, transitions
from commands.ops.history.samples import Figures
from commands.ops.history.transitions import Transition
from commands.ops.house import House
from commands.ops.machine.files import glances
from commands.ops.machine.files.files import Unreadable
from commands.ops.machine.files.glances import Marks
from commands.ops.machine.launches import launch_records
from commands.ops.registry import registry
from commands.ops.registry.registry import Registry
from commands.ops.watch import pruning, stale, standings
from commands.ops.watch.growth import growth
from commands.ops.watch.standings import Standing

DISK = "disk"  # written at every look, so its times are the looks' times
REPEAT = timedelta(minutes=5)  # a batch's unchanged figures are written again so often
PRUNE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Looked:
    """One look: the changes of sites since the one before, and what could not be read.

    marks: the registry's; None where it could not be read, and `unread` says why. table: the registry, the same object
    as at the look before where it is the same; None too where it is so large that its sites are not followed. seen: the agents; None where they could not be read.
    """

    at: datetime
    changes: tuple[Transition, ...]
    problems: tuple[str, ...]
    marks: Marks | None
    table: Registry | None
    unread: str
    seen: Seen | None


@dataclass(slots=True)
class _Memory:
    """What the last look that was written down saw. `at`: when the registry was last read."""

    at: datetime | None = None
    marks: Marks | None = None
    table: Registry | None = None
    known: dict[str, Standing] | None = None
    figures: dict[str, Figures] = field(default_factory=dict)
    written: dict[str, datetime] = field(default_factory=dict)
    pruned: datetime | None = None


class Sampler:
    """Looks when told to. One a journal; it is not safe to share between threads.

    A look that cannot be written down is forgotten, and the next one finds the same changes again.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._last = _Memory()

    def sample(self) -> Looked:
        """Look once and write down what was seen.

        Raises:
            NotReadable: the journal cannot be used.
            sqlite3.Error: nothing could be written: the disk is full.
        """
        at, last = self._house.clock.now(), self._recall()
        problems: list[str] = []
        table, marks = self._registry(problems)
        unread = "" if marks else "".join(problems)
        seen = self._agents(table, problems)
        known = standings.standings(table) if table and table is not last.table else last.known
        changes = self._changes(known, at)
        figures = self._figures(table, seen, changes)
        grown = growth(self._house)
        with self._house.journal.write() as transaction:
            self._write(transaction, at, figures, changes, grown)
            agent_memory.remember(transaction, at, seen.agents if seen else ())
            pruned = self._prune(transaction, at, known)
        if pruned == at:
            limits = self._house.settings.watch
            launch_records.prune(self._house.settings.state, at - timedelta(days=limits.keep_days))
        self._last = _Memory(
            at=at if marks and table else last.at,
            marks=marks,
            table=table,
            known=known,
            figures={**last.figures, **figures},
            written={**last.written, **{name: self._written_at(name, at, figures) for name in figures}},
            pruned=pruned,
        )
        return Looked(at, changes, tuple(problems), marks, table if marks else None, unread, seen)

    def _recall(self) -> _Memory:
        """What the last look saw; after a restart what the journal knows of it."""
        if self._last.at is None:
            connection = self._house.journal.connection()
            if look := samples.newest(connection, DISK):
                self._last = _Memory(at=look.at, known=standings.remembered(connection))
        return self._last

    def _registry(self, problems: list[str]) -> tuple[Registry | None, Marks | None]:
        """The registry, parsed anew only where its marks are others; the last one where it cannot be read."""
        last, path = self._last, self._house.machine.root / self._house.settings.tree.registry
        try:
            # Marks first: what is written between the two is found at the next look.
            marks = glances.marks(path)
            if marks == last.marks:
                return last.table, marks
            if marks.bytes > self._house.settings.limits.registry_here_bytes:
                problems.append(
                    f"The registry has {marks.bytes:,} bytes: its sites' changes are not followed, only its damage."
                )
                return None, marks
            return registry.read(self._house.settings, self._house.machine), marks
        except (Unreadable, NotReadable) as error:
            problems.append(error.sentence)
            return last.table, None

    def _agents(self, table: Registry | None, problems: list[str]) -> Seen | None:
        try:
            return agents.read(self._house.settings, self._house.machine, table.sites() if table else ())
        except NotReadable as error:
            problems.append(error.sentence)
            return None

    def _changes(self, known: dict[str, Standing] | None, at: datetime) -> tuple[Transition, ...]:
        last = self._last
        if known is None or last.known is None or last.at is None:
            return ()
        return tuple(standings.changes(last.known, known, last.at, at))

    def _figures(
        self, table: Registry | None, seen: Seen | None, changes: tuple[Transition, ...]
    ) -> dict[str, Figures]:
        """The figures of the active batches, of those active at the last look, and of those that changed."""
        if table is None:
            return {}
        batches = batch_figures.active(table, seen) | {change.batch for change in changes if change.batch}
        before = {batch for batch in table.batches if batch_figures.name_of(batch) in self._last.figures}
        return {
            batch_figures.name_of(batch): batch_figures.figures(table, seen, batch)
            for batch in sorted(batches | before)
        }

    def _write(
        self,
        transaction: sqlite3.Connection,
        at: datetime,
        figures: dict[str, Figures],
        changes: tuple[Transition, ...],
        grown: Figures,
    ) -> None:
        earlier = self._earlier(transaction, figures)
        for subject in stale.subjects(earlier, figures, changes):
            events.append(transaction, at, subject, "sampled")
        transitions.write(transaction, changes)
        if grown["level"] == "critical":  # the little space that is left is for plans and audit
            return
        samples.write(transaction, at, DISK, grown)
        for name, seen in figures.items():
            if self._written_at(name, at, figures) == at:
                samples.write(transaction, at, name, seen)

    def _earlier(self, transaction: sqlite3.Connection, figures: dict[str, Figures]) -> dict[str, Figures]:
        """The figures before these; after a restart out of the journal."""
        known = dict(self._last.figures)
        for name in figures.keys() - known.keys():
            if sample := samples.newest(transaction, name):
                known[name] = sample.data
        return known

    def _written_at(self, name: str, at: datetime, figures: dict[str, Figures]) -> datetime:
        """When these figures were written down: now, unless they are the same and were not long ago."""
        written = self._last.written.get(name)
        same = self._last.figures.get(name) == figures[name]
        return written if written and same and at - written < REPEAT else at

    def _prune(
        self, transaction: sqlite3.Connection, at: datetime, known: dict[str, Standing] | None
    ) -> datetime | None:
        if known is None or (self._last.pruned and at - self._last.pruned < PRUNE):
            return self._last.pruned
        pruning.prune(transaction, at, self._house.settings.watch, known)
        return at
