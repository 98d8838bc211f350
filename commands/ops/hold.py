"""The hold: while the file is there, nothing new is launched."""

from dataclasses import dataclass
from datetime import UTC, datetime

from commands.ops.errors import NotReadable
from commands.ops.machine import files
from commands.ops.machine.host import Machine
from commands.ops.settings import OpsSettings

TEXT_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold: since when, and what whoever set it wrote into the file (empty where that cannot be read)."""

    since: datetime
    text: str


def read(settings: OpsSettings, machine: Machine) -> Hold | None:
    """The hold, if there is one. Whatever lies at its path is a hold: a file, a directory, a broken link.

    Raises:
        NotReadable: whether there is one cannot be told.
    """
    path = machine.root / settings.tree.hold
    try:
        changed = files.changed_at(path)
    except files.Missing:
        return None
    except files.Unreadable as error:
        raise NotReadable(f"Whether launches are on hold cannot be told: {error.sentence}") from None
    try:
        text = files.beginning(path, TEXT_BYTES)
    except files.Unreadable:
        text = b""
    return Hold(datetime.fromtimestamp(changed, UTC), text.decode("utf-8", "backslashreplace").strip())
