"""Some rows of many, by their places; each is made when it is asked for."""

from array import array
from collections.abc import Sequence
from typing import overload

from commands.ops.registry.rows import Row


class SomeRows(Sequence[Row]):
    """Those of `rows` at these places."""

    def __init__(self, rows: Sequence[Row], places: "array[int]") -> None:
        self._rows = rows
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(at, slice):
            return tuple(self._rows[place] for place in self._places[at])
        return self._rows[self._places[at]]
