"""The sites that the registry should have, read anew only where batch files changed, or it was long ago."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from commands.ops.batches import batches
from commands.ops.batches.batches import Expected
from commands.ops.errors import NotReadable
from commands.ops.house import House
from commands.ops.machine.files import glances
from commands.ops.machine.files.glances import Marks
from commands.ops.registry.registry import Registry

REFRESH = timedelta(
    minutes=10
)  # what was committed meanwhile; asking git costs more than all the rest of a look


@dataclass(slots=True)
class Expectations:
    """Keeps what `batches.expected_of_all` said; the same object as long as it stays the same."""

    house: House
    _found: Mapping[str, Expected] = field(default_factory=dict)
    _marks: Mapping[str, Marks] | None = None
    _read_at: datetime | None = None

    def of(self, table: Registry) -> Mapping[str, Expected]:
        """By batch, the sites that it should have."""
        now = self.house.clock.now()
        marks = glances.marks_in(self.house.machine.root / self.house.settings.tree.batches)
        if self._read_at is None or marks != self._marks or now - self._read_at >= REFRESH:
            self._marks = marks
            self._read(table, now)
        return self._found

    def anew(self, table: Registry) -> Mapping[str, Expected]:
        """The same, whatever is known."""
        self._read(table, self.house.clock.now())
        return self._found

    def _read(self, table: Registry, now: datetime) -> None:
        self._read_at = now
        try:
            found, _ = batches.expected_of_all(self.house.settings, self.house.machine, table)
        except NotReadable:
            found = {}  # told by the lines themselves
        if found != self._found:
            self._found = found
