"""The registry's integrity at each look, analysed only where the registry or what is expected of it has changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from commands.ops.batches.batches import Expected
from commands.ops.errors import NotReadable
from commands.ops.house import House
from commands.ops.integrity import integrity, large_registry
from commands.ops.integrity.integrity import Integrity
from commands.ops.machine.files.glances import Marks
from commands.ops.registry.registry import Registry
from commands.ops.watch.expectations import Expectations
from commands.ops.watch.sampler import Looked

REST = 10  # times as long as a large registry's analysis took, nothing more is done about it


@dataclass(slots=True)
class Analyses:
    """Of one registry, look by look."""

    house: House
    _expectations: Expectations = field(init=False)
    _table: Registry | None = None
    _expected: Mapping[str, Expected] | None = None
    _marks: Marks | None = None
    _rest_until: float = 0.0
    _found: Integrity | None = None

    def __post_init__(self) -> None:
        self._expectations = Expectations(self.house)

    def of(self, looked: Looked) -> Integrity:
        """What is wrong with the registry.

        Raises:
            NotReadable: it cannot be read.
            OperationFailed: a large one could not be analysed.
        """
        if looked.marks is None:
            self._found = None
            raise NotReadable(looked.unread)
        if looked.table is None:
            return self._far(looked.marks)
        self._marks = None
        expected = self._expectations.of(looked.table)
        if self._found is None or self._table is not looked.table or self._expected is not expected:
            self._examine(looked.table, expected)
        assert self._found is not None  # noqa: S101 - it was just made
        return self._found

    def _examine(self, table: Registry, expected: Mapping[str, Expected]) -> None:
        found = integrity.examine(table, expected)
        if found.missing:  # a commit may have taken them out since the last look at git
            expected = self._expectations.anew(table)
            found = integrity.examine(table, expected)
        self._table, self._expected, self._found = table, expected, found

    def _far(self, marks: Marks) -> Integrity:
        """Of a large one. One that is written all the time is not analysed all the time."""
        clock = self.house.clock
        if self._found is not None and (marks == self._marks or clock.monotonic() < self._rest_until):
            return self._found
        began = clock.monotonic()
        self._found = large_registry.look(self.house).found
        self._marks = marks
        self._rest_until = clock.monotonic() + REST * (clock.monotonic() - began)
        return self._found
