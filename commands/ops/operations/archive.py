"""`archive`: the sites of a finalized batch are packed, the archive is read back and compared, and they go to the trash.

Args: `batch`, its name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from commands.ops.batches import archive_index
from commands.ops.disk import archiving, discarding
from commands.ops.disk.discarding import Archive
from commands.ops.errors import OperationFailed
from commands.ops.house import House
from commands.ops.operation import Args, Operation, Step, Target
from commands.ops.sizes import size

SITE, ARCHIVE = "site ", "archive "


def look(house: House, args: Args) -> tuple[Target, ...]:
    """The archive that is to be, and each site, bound to every name, size and time in it."""
    found = archiving.look(house, args["batch"])
    about = {"needs": found.needs, "free": found.free, "without": list(found.without)}
    sites = (
        Target(
            f"{SITE}{one.domain}",
            {"digest": one.digest, "names": one.names},
            {"bytes": one.bytes, "size": one.size},
        )
        for one in found.sites
    )
    return (Target(f"{ARCHIVE}{found.archive}", about=about), *sites)


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """Pack, read back, note, move."""
    work = _Work(house, args["batch"], targets)
    yield Step(f"Pack {len(work.digests)} sites", work.pack)
    yield Step("Read the archive back and compare", work.verify, abortable=False)
    yield Step("Move the sites to the trash", work.move)


def undo(house: House, args: Args, targets: tuple[Target, ...]) -> tuple[str, Args] | None:
    """Back from the trash, or out of the archive where the trash was emptied."""
    del house, targets
    return ("unarchive", {"batch": args["batch"]})


@dataclass(slots=True)
class _Work:
    """One archiving, from its targets."""

    house: House
    batch: str
    targets: tuple[Target, ...]
    _part: Path | None = None

    @property
    def digests(self) -> dict[str, str]:
        """Each site with what it was when it was planned."""
        return {
            target.key.removeprefix(SITE): str(target.identity["digest"])
            for target in self.targets
            if target.key.startswith(SITE)
        }

    @property
    def archive(self) -> str:
        """The archive's path below the root."""
        [path] = [
            target.key.removeprefix(ARCHIVE) for target in self.targets if target.key.startswith(ARCHIVE)
        ]
        return path

    def pack(self) -> str:
        """Into a file that does not have its real name yet."""
        self._part = archiving.pack(self.house, self.archive, tuple(self.digests))
        return f"{self.archive}: {size(self._part.stat().st_size)}."

    def verify(self) -> str:
        """Only what is the same, byte by byte, is called an archive, and known to the index."""
        if self._part is None:
            raise OperationFailed("The archive was not packed.")
        names = sum(int(target.identity.get("names", 0)) for target in self.targets)
        packed = archiving.verify(self.house, self._part, names)
        made = Archive(Path(self.archive).name, packed.bytes, packed.sha256)
        discarding.note(self.house, self.batch, self.digests, made)
        archiving.publish(self.house, self._part, self.batch)
        return f"All {names:,} names are in it, and every byte is the same. SHA-256 {packed.sha256}."

    def move(self) -> str:
        """Each site only if it is what was packed."""
        entry = archive_index.of_batch(self.house, self.batch)
        if entry is None:
            raise OperationFailed("The index of the archive has lost this batch: nothing was moved.")
        return discarding.to_trash(self.house, entry, self.digests)


ARCHIVE_BATCH = Operation(
    "archive",
    "confirm",
    look,
    lambda args, _targets: ("disk", f"batch {args['batch']}"),
    steps,
    undo,
    vanish="stale",
)
