"""What of the temp files and of the design cache may go: what is old enough, and nobody has open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Literal

from commands.ops.errors import NotReadable
from commands.ops.house import House
from commands.ops.machine.files import trees
from commands.ops.machine.files.trees import Entry, Tree
from commands.ops.machine.processes import in_use
from commands.ops.machine.processes.in_use import InUse

What = Literal["temp", "cache"]
WHATS: tuple[What, ...] = ("temp", "cache")
NANO = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What lies in one directory. Entries are below it, and what is in a directory stands before the directory itself.

    directory: below the root. gone: what may go. in_use: open in some process. young: changed too lately. special:
    pipes, sockets, devices and mounts, which are nobody's leftovers.
    """

    directory: str
    gone: tuple[Entry, ...]
    in_use: tuple[str, ...]
    young: tuple[str, ...]
    special: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def gain_bytes(self) -> int:
        """What their removal frees."""
        return sum(entry.frees for entry in self.gone)


def directory_of(house: House, what: What) -> str:
    """Where these leftovers lie, below the root."""
    tree = house.settings.tree
    return tree.temp if what == "temp" else tree.design_cache


def opened(house: House) -> InUse:
    """What any process has open now.

    Raises:
        NotReadable: processes cannot be read.
    """
    try:
        return in_use.look(house.machine.proc)
    except OSError as error:
        raise NotReadable(f"Which files are in use cannot be told: {error.strerror}.") from None


def look(house: House, what: What, before: datetime, using: InUse) -> Leftovers:
    """Everything that was last changed before a moment, sorted by whether it may go.

    Args:
        house: where.
        what: which leftovers.
        before: what was changed after it stays.
        using: what is open, and stays.

    Raises:
        NotReadable: the directory cannot be read.
    """
    directory = directory_of(house, what)
    try:
        found = trees.read(house.machine.root / directory)
    except FileNotFoundError:
        return Leftovers(directory, (), (), (), (), ())
    except OSError as error:
        raise NotReadable(f"{directory} cannot be cleaned: {error.strerror}. Look at it by hand.") from None
    return _sorted(directory, found, using, before)


def _sorted(directory: str, found: Tree, opened: InUse, before: datetime) -> Leftovers:
    latest = int(before.timestamp() * NANO)
    kept: dict[str, list[str]] = {"in use": [], "young": [], "special": []}
    gone: list[Entry] = []
    needed: set[str] = set()  # directories that something stays in
    for entry in found.entries:
        why = _why_kept(entry, opened, latest)
        if why is None and entry.path not in needed:
            gone.append(entry)
            continue
        needed.add(str(PurePosixPath(entry.path).parent))
        if why and not (entry.kind == "directory" and why == "young"):
            kept[why].append(entry.path)
    return Leftovers(
        directory=directory,
        gone=tuple(gone),
        in_use=tuple(sorted(kept["in use"])),
        young=tuple(sorted(kept["young"])),
        special=tuple(sorted(kept["special"])),
        problems=tuple(_problems(found.problems, opened)),
    )


def _why_kept(entry: Entry, opened: InUse, latest_ns: int) -> str | None:
    if entry.kind in ("special", "mount"):
        return "special"
    if (entry.device, entry.inode) in opened.files:
        return "in use"
    return "young" if entry.modified_ns > latest_ns else None


def _problems(unread: Sequence[str], opened: InUse) -> Iterator[str]:
    yield from unread
    if opened.unseen:
        yield f"What {opened.unseen} processes of other users have open cannot be seen: run as their user, or as root, to see it."
