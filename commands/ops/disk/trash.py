"""The trash: what was moved there, and what of it may go because a verified archive has it."""

from collections.abc import Iterator
from dataclasses import dataclass

from commands.ops.batches import archive_index
from commands.ops.batches.archive_index import Archived
from commands.ops.disk import site_directory, unarchiving
from commands.ops.errors import OperationFailed
from commands.ops.house import House
from commands.ops.machine.writing import below


@dataclass(frozen=True, slots=True)
class Trashed:
    """One batch in the trash. digests: of each of its sites there."""

    entry: Archived
    digests: dict[str, str]
    bytes: int


def archived(house: House) -> Iterator[Trashed]:
    """The batches in the trash that the index knows an archive of; whether that is there is not looked at.

    Raises:
        NotReadable: the index cannot be read.
        Refusal: something in the trash cannot be read.
    """
    for entry in archive_index.read(house.settings, house.machine):
        if entry.archive and (found := _trashed(house, entry)):
            yield found


def verified(house: House) -> Iterator[Trashed]:
    """The batches in the trash whose archive is there, every byte of it read.

    Raises:
        NotReadable: as `archived`.
        Refusal: as `archived`, or an archive is not what was made.
    """
    for found in archived(house):
        unarchiving.check(house, found.entry)
        yield found


def deleted(house: House, batch: str) -> Trashed | None:
    """A deleted batch, if it still is in the trash.

    Raises:
        NotReadable: the index cannot be read.
        Refusal: something in the trash cannot be read.
    """
    entry = archive_index.of_batch(house, batch)
    return _trashed(house, entry) if entry and entry.archive is None else None


def _trashed(house: House, entry: Archived) -> Trashed | None:
    trash = house.machine.root / house.settings.tree.trash
    found = [one for site in entry.sites if (one := site_directory.read(trash / entry.trash, site))]
    if not found:
        return None
    return Trashed(entry, {one.domain: one.digest for one in found}, sum(one.bytes for one in found))


def empty(house: House, name: str) -> None:
    """Remove one directory of the trash with all that is in it.

    Raises:
        OperationFailed: not all of it could be removed.
    """
    try:
        with below.held(house.machine.root, house.settings.tree.trash) as trash:
            trash.remove_tree(name)
    except OSError as error:
        raise OperationFailed(f"Not all of {name} could be removed: {error.strerror}.") from None
