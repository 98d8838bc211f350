"""The shape of a fault."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to break a host: `cause` takes the root and returns one sentence on what it did."""

    name: str
    about: str
    cause: Callable[[Path], str]
