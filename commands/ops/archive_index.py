"""The index of the archive: which sites of which batch lie in which file, so that none of them counts as lost."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from commands.ops.errors import NotReadable, OperationFailed
from commands.ops.house import House
from commands.ops.machine import files, own_files
from commands.ops.machine.host import Machine
from commands.ops.settings import OpsSettings

NAME = "INDEX.json"
MOST_BYTES = 16 * 1024**2


class Archived(BaseModel):
    """One batch that was archived.

    archive: the file's name. bytes, sha256: of that file. sites: the domains whose files are in it. trash: the name
    of the directory in the trash that they were moved to.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    batch: str
    archive: str
    at: datetime
    bytes: int
    sha256: str
    sites: tuple[str, ...]
    trash: str


_ENTRIES = TypeAdapter(tuple[Archived, ...])


def read(settings: OpsSettings, machine: Machine) -> tuple[Archived, ...]:
    """Every batch that is archived.

    Raises:
        NotReadable: the index is there, and cannot be read.
    """
    path = machine.root / settings.tree.archive / NAME
    try:
        return _ENTRIES.validate_json(files.beginning(path, MOST_BYTES))
    except files.Missing:
        return ()
    except files.Unreadable as error:
        raise NotReadable(f"The index of the archive cannot be read: {error.sentence}") from None
    except ValidationError:
        raise NotReadable(
            f"The index of the archive, {path}, is damaged: mend it, or move it away."
        ) from None


def of_batch(house: House, batch: str) -> Archived | None:
    """The archive of a batch, if there is one.

    Raises:
        NotReadable: as `read`.
    """
    entries = read(house.settings, house.machine)
    return next((entry for entry in entries if entry.batch == batch), None)


def sites(settings: OpsSettings, machine: Machine) -> frozenset[str]:
    """The sites whose files are archived: known, not missing.

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
        own_files.write_new(path, _ENTRIES.dump_json(entries, indent=1) + b"\n")
        path.chmod(0o644)  # people and their tools read it too
    except OSError as error:
        raise OperationFailed(f"The index of the archive could not be written: {error.strerror}.") from None
