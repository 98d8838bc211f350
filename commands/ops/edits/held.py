"""A content that is held for later: a large one packed, since it is seldom asked for."""

import zlib
from dataclasses import dataclass

from commands.ops.machine.writing.strays import digest
from commands.ops.registry.line_list import LARGE

_LEVEL = 1  # a third of a second for a million rows


@dataclass(frozen=True, slots=True)
class Held:
    """A content. digest: what it is known by. size: its bytes."""

    digest: str
    size: int
    _data: bytes
    _packed: bool

    @classmethod
    def of(cls, data: bytes) -> "Held":
        """Hold this."""
        packed = len(data) > LARGE
        return cls(digest(data), len(data), zlib.compress(data, _LEVEL) if packed else data, packed)

    @property
    def data(self) -> bytes:
        """The content; a large one is made anew each time."""
        # Of another size it would be made of blocks that are then copied together: room for two of it.
        return zlib.decompress(self._data, bufsize=self.size) if self._packed else self._data
