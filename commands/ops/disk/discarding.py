"""Sites moved to the trash, each only if it still is what was planned; nothing is freed until the trash is emptied."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from commands.ops.agents import agents
from commands.ops.batches import archive_index
from commands.ops.batches.archive_index import Archived
from commands.ops.disk import site_directory
from commands.ops.disk.site_directory import name_of
from commands.ops.errors import NotReadable, OperationFailed, Refusal
from commands.ops.house import House
from commands.ops.machine import disks
from commands.ops.machine.writing import below

STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive that has them: its file's name, bytes and checksum; no name where there is none."""

    name: str | None = None
    bytes: int = 0
    sha256: str = ""


NO_ARCHIVE = Archive()


def note(house: House, batch: str, sites: Collection[str], archive: Archive = NO_ARCHIVE) -> Archived:
    """Write sites that go into the index, before they do: none of them counts as lost from then on.

    Raises:
        NotReadable: the index cannot be read.
        OperationFailed: it could not be written.
    """
    now = house.clock.now()
    entry = Archived(
        batch=batch,
        archive=archive.name,
        at=now,
        bytes=archive.bytes,
        sha256=archive.sha256,
        sites=tuple(sites),
        trash=f"{now:{STAMP}}-Batch_{batch}",
    )
    archive_index.put(house, entry)
    return entry


def check_trash(house: House) -> None:
    """The trash must be on the file system of the sites: what is moved there is not copied.

    Raises:
        Refusal: it is not.
        NotReadable: a disk cannot be read.
    """
    tree = house.settings.tree
    try:
        devices = {disks.space_at(house.machine.root / path).device for path in (tree.trash, tree.sites)}
    except OSError as error:
        raise NotReadable(f"The disk under {tree.trash} cannot be read: {error.strerror}.") from None
    if len(devices) > 1:
        raise Refusal(
            f"The trash ({tree.trash}) is on another file system than the sites: set tree.trash, for one to {tree.sites}/.trash."
        )


def nobody_at_work(house: House, batch: str, domains: Collection[str]) -> None:
    """No agent may be at work on a batch that goes.

    Raises:
        Refusal: there are some.
        NotReadable: processes cannot be read.
    """
    seen = agents.read(house.settings, house.machine, domains)
    busy = [agent for agent in seen.agents if agent.batch == batch or agent.site in domains]
    if busy:
        raise Refusal(f"Batch {batch} has agents at work ({len(busy)}): stop them, or wait for their end.")


def to_trash(house: House, entry: Archived, digests: Mapping[str, str]) -> str:
    """Move the sites to the trash, each only if it still is what was packed; what was done, in words.

    Raises:
        OperationFailed: a site has changed, or cannot be moved; those before it are in the trash.
    """
    tree, root = house.settings.tree, house.machine.root
    trash = f"{tree.trash}/{entry.trash}"
    moved = 0
    try:
        with below.held(root, tree.sites) as sites, below.held(root, trash, make=True) as held:
            for domain in entry.sites:
                _as_packed(house.machine.root / tree.sites, domain, digests[domain])
                sites.move(name_of(domain), held, name_of(domain))
                try:
                    _as_packed(root / trash, domain, digests[domain])  # nobody finds it there: the last look
                except OperationFailed:
                    held.move(name_of(domain), sites, name_of(domain))
                    raise
                moved += 1
    except OSError as error:
        raise OperationFailed(
            f"{moved} sites were moved, then: {error.strerror}. “batch undo” of this plan brings them back."
        ) from None
    days = house.settings.cleaning.trash_days
    itself = f", by itself after {days:g} days" if entry.archive and days else ""
    return f"{moved} sites are in {trash}; their space is free once the trash is emptied{itself}."


def _as_packed(directory: Path, domain: str, digest: str) -> None:
    found = site_directory.read(directory, domain)
    if found is None or found.digest != digest:
        raise OperationFailed(
            f"{name_of(domain)} was changed after it was planned, and stays. “batch undo” of this plan brings back what was moved before it."
        )
