"""`REGISTRY.md.backup`: the copy that people make by hand, beside the registry, as their runbook says."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from commands.ops.errors import NotReadable
from commands.ops.machine.files import files
from commands.ops.machine.files.glances import marks
from commands.ops.machine.files.stable import read_stable
from commands.ops.machine.host import Machine
from commands.ops.settings import OpsSettings

SUFFIX = ".backup"
NANO = 1_000_000_000


@dataclass(frozen=True, slots=True)
class HandMade:
    """The copy. at: when it was last changed. size: bytes."""

    path: Path
    at: datetime
    size: int

    @property
    def name(self) -> str:
        """As one types it."""
        return self.path.name


def found(settings: OpsSettings, machine: Machine) -> HandMade | None:
    """The copy beside the registry; none where there is none, or where it cannot be looked at."""
    path = _path(settings, machine)
    try:
        seen = marks(path)
    except files.Unreadable:
        return None
    return HandMade(path, datetime.fromtimestamp(seen.modified_ns / NANO, UTC), seen.bytes)


def read(settings: OpsSettings, machine: Machine) -> bytes:
    """What it holds.

    Raises:
        NotReadable: it is gone, or cannot be read whole.
    """
    limits = settings.limits
    try:
        return read_stable(_path(settings, machine), limits.registry_bytes, limits.registry_retries)
    except files.Unreadable as error:
        raise NotReadable(f"The copy beside the registry cannot be read: {error.sentence}") from None


def _path(settings: OpsSettings, machine: Machine) -> Path:
    return machine.root / f"{settings.tree.registry}{SUFFIX}"
