"""Archived or deleted sites back in their place: out of the trash where they still are, else out of the archive."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from commands.ops.batches import archive_index
from commands.ops.batches.archive_index import Archived
from commands.ops.disk import site_directory
from commands.ops.disk.site_directory import name_of
from commands.ops.errors import OperationFailed, Refusal, WrongUsage
from commands.ops.house import House
from commands.ops.machine.packing import archives
from commands.ops.machine.packing.archives import ArchiveError
from commands.ops.machine.writing import below

UNPACKED = "unpacking"

Source = Literal["trash", "archive"]


@dataclass(frozen=True, slots=True)
class Absent:
    """A site that is not in its place, and where it comes from; digest: of its files in the trash, empty otherwise."""

    domain: str
    source: Source
    digest: str = ""


def entry_of(house: House, batch: str) -> Archived:
    """What the index says of a batch.

    Raises:
        NotReadable: the index cannot be read.
        WrongUsage: the batch is neither archived nor deleted.
    """
    if entry := archive_index.of_batch(house, batch):
        return entry
    raise WrongUsage(f"Batch {batch} is neither archived nor deleted: there is nothing to bring back.")


def absent(house: House, entry: Archived) -> Iterator[Absent]:
    """The sites of an archive that are not in their place; those that are stay as they are.

    Raises:
        Refusal: what the trash has of one cannot be moved.
    """
    tree, root = house.settings.tree, house.machine.root
    for domain in entry.sites:
        if (root / tree.sites / name_of(domain)).exists():
            continue
        found = site_directory.read(root / tree.trash / entry.trash, domain)
        if found:
            yield Absent(domain, "trash", found.digest)
        elif entry.archive:
            yield Absent(domain, "archive")


def is_unmoved(house: House, entry: Archived) -> bool:
    """Whether every site is in its place, and the trash has none: the run broke off before it moved any."""
    tree, root = house.settings.tree, house.machine.root
    names = [name_of(domain) for domain in entry.sites]
    return all((root / tree.sites / name).exists() for name in names) and not any(
        (root / tree.trash / entry.trash / name).exists() for name in names
    )


def check(house: House, entry: Archived) -> None:
    """The archive must be the one that was made.

    Raises:
        Refusal: it is gone, or another, or there never was one.
    """
    path = path_of(house, entry)
    try:
        found = archives.measured(path)
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror}.") from None
    if (found.bytes, found.sha256) != (entry.bytes, entry.sha256):
        raise Refusal(
            f"{path} is not the archive that was made of batch {entry.batch}: its checksum is another."
        )


def from_trash(house: House, entry: Archived, domains: Sequence[str]) -> str:
    """Move them back; nothing is replaced.

    Raises:
        OperationFailed: one could not be moved; those before it are in their place.
    """
    tree, root = house.settings.tree, house.machine.root
    try:
        with (
            below.held(root, f"{tree.trash}/{entry.trash}") as trash,
            below.held(root, tree.sites) as sites,
        ):
            for domain in domains:
                trash.move(name_of(domain), sites, name_of(domain))
        with (
            below.held(root, tree.trash) as trash,
            suppress(OSError),
        ):  # it is kept where something is left in it
            trash.remove_empty(entry.trash)
    except OSError as error:
        raise OperationFailed(f"Not all sites are back: {error.strerror} ({error.filename}).") from None
    return f"{len(domains)} sites are back from the trash."


def from_archive(house: House, entry: Archived, domains: Sequence[str]) -> str:
    """Unpack them aside, then move each to its place; nothing is replaced.

    Raises:
        OperationFailed: one could not be unpacked or moved.
    """
    tree, root = house.settings.tree, house.machine.root
    aside = f"{tree.trash}/{UNPACKED}-{entry.batch}"
    names = [name_of(domain) for domain in domains]
    try:
        with below.held(root, aside, make=True) as held, below.held(root, tree.sites) as sites:
            archives.unpack(path_of(house, entry), root / aside, names, house.settings.limits.archive_seconds)
            for name in names:
                held.move(name, sites, name)
    except (ArchiveError, OSError) as error:
        raise OperationFailed(f"Not all sites are back: {error}.") from None
    finally:
        with suppress(OSError), below.held(root, tree.trash) as trash:
            trash.remove_tree(f"{UNPACKED}-{entry.batch}")
    return f"{len(domains)} sites are back out of {entry.archive}."


def let_go(house: House, entry: Archived) -> str:
    """Where everything is back and as it was packed, archive and index entry are not needed any more; else they stay.

    Raises:
        OperationFailed: it cannot be removed.
    """
    if left := list(absent(house, entry)):
        return f"The archive stays: {len(left)} of its sites are not back."
    if entry.archive is None:
        archive_index.take_out(house, entry.batch)
        return "The batch is not known as deleted any more."
    path = path_of(house, entry)
    if not path.exists():
        archive_index.take_out(house, entry.batch)
        return "Every site is in its place, and there is no archive: the batch is not known as archived any more."
    sites = house.machine.root / house.settings.tree.sites
    try:
        archives.compare(sites, path, house.settings.limits.archive_seconds)
    except ArchiveError as error:
        return f"The archive stays, the sites are not what is in it: {error}."
    archive_index.take_out(house, entry.batch)
    try:
        path.unlink()
    except OSError as error:
        raise OperationFailed(f"{path} cannot be removed: {error.strerror}.") from None
    return f"Every site is as it was packed; {entry.archive} was removed."


def path_of(house: House, entry: Archived) -> Path:
    """Where the archive is.

    Raises:
        Refusal: the batch was deleted, and there is none.
    """
    if entry.archive is None:
        raise Refusal(f"Batch {entry.batch} was deleted, and there is no archive of it.")
    return house.machine.root / house.settings.tree.archive / entry.archive
