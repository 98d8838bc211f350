"""The index of the archive: which sites were archived, and in which file, or deleted, so that none counts as lost."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from commands.ops.domains import is_domain
from commands.ops.errors import NotReadable, OperationFailed
from commands.ops.house import House
from commands.ops.machine.files import files
from commands.ops.machine.host import Machine
from commands.ops.machine.writing import own_files
from commands.ops.settings import OpsSettings

NAME = "INDEX.json"
MOST_BYTES = 16 * 1024**2

# Anybody who may write to the tree may write the index: a name in it is never a way to somewhere else.
_ARCHIVE = re.compile(r"Batch_[0-9]{1,9}\.tar\.(?:zst|gz)")
_TRASH = re.compile(r"[0-9]{8}T[0-9]{6}Z-Batch_[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Archived:
    """One batch that was archived, or deleted.

    archive: the file's name, None of a batch that was deleted. bytes, sha256: of that file. sites: the domains whose
    files are in it. trash: the name of the directory in the trash that they were moved to.
    """

    batch: str
    archive: str | None
    at: datetime
    bytes: int
    sha256: str
    sites: tuple[str, ...]
    trash: str


def read(settings: OpsSettings, machine: Machine) -> tuple[Archived, ...]:
    """Every batch that is archived or deleted.

    Raises:
        NotReadable: the index is there, and cannot be read.
    """
    path = machine.root / settings.tree.archive / NAME
    try:
        return tuple(map(_entry, json.loads(files.beginning(path, MOST_BYTES))))
    except files.Missing:
        return ()
    except files.Unreadable as error:
        raise NotReadable(f"The index of the archive cannot be read: {error.sentence}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotReadable(
            f"The index of the archive, {path}, is damaged: mend it, or move it away."
        ) from None


def of_batch(house: House, batch: str) -> Archived | None:
    """What was done with a batch, if it was archived or deleted.

    Raises:
        NotReadable: as `read`.
    """
    entries = read(house.settings, house.machine)
    return next((entry for entry in entries if entry.batch == batch), None)


def sites(settings: OpsSettings, machine: Machine) -> frozenset[str]:
    """The sites whose files are archived or deleted: known, not missing.

    Raises:
        NotReadable: as `read`.
    """
    return frozenset(site for entry in read(settings, machine) for site in entry.sites)


def put(house: House, entry: Archived) -> None:
    """Write a batch into the index, in place of what it says of that batch.

    Raises:
        NotReadable: as `read`.
        OperationFailed: the index could not be written.
    """
    others = [one for one in read(house.settings, house.machine) if one.batch != entry.batch]
    _write(house, (*others, entry))


def take_out(house: House, batch: str) -> None:
    """Take a batch out of the index.

    Raises:
        NotReadable: as `read`.
        OperationFailed: the index could not be written.
    """
    _write(house, tuple(one for one in read(house.settings, house.machine) if one.batch != batch))


def _write(house: House, entries: tuple[Archived, ...]) -> None:
    path = house.machine.root / house.settings.tree.archive / NAME
    try:
        data = [{**asdict(entry), "at": entry.at.isoformat()} for entry in entries]
        own_files.write_new(path, json.dumps(data, indent=1).encode() + b"\n")
        path.chmod(0o644)  # people and their tools read it too
    except OSError as error:
        raise OperationFailed(f"The index of the archive could not be written: {error.strerror}.") from None


def _entry(told: Mapping[str, Any]) -> Archived:
    """One entry; raises ValueError where a name in it is not one of ours."""
    sites = tuple(told["sites"])
    if not all(map(is_domain, sites)):
        raise ValueError(sites)
    if told["archive"] is not None and not _ARCHIVE.fullmatch(told["archive"]):
        raise ValueError(told["archive"])
    if not _TRASH.fullmatch(told["trash"]):
        raise ValueError(told["trash"])
    return Archived(
        batch=str(told["batch"]),
        archive=told["archive"],
        at=datetime.fromisoformat(told["at"]),
        bytes=int(told["bytes"]),
        sha256=str(told["sha256"]),
        sites=sites,
        trash=told["trash"],
    )
