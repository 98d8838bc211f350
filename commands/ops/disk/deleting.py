"""Leftovers deleted outright: each is looked at once more, through a directory that is held, and then removed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from commands.ops.disk import cleaning
from commands.ops.errors import OperationFailed
from commands.ops.house import House
from commands.ops.machine.files.trees import Entry
from commands.ops.machine.writing import below

WHYS = {
    "gone": "gone before",
    "changed": "changed meanwhile",
    "refilled": "filled anew",
    "in use": "opened meanwhile",
}
NAMED = 5


@dataclass(slots=True)
class Deleted:
    """What came of it. left: why → the paths of what was not removed; failed: what the system said → paths."""

    removed: int = 0
    freed_bytes: int = 0
    left: dict[str, list[str]] = field(default_factory=dict)
    failed: dict[str, list[str]] = field(default_factory=dict)


def delete(house: House, directory: str, entries: Sequence[Entry]) -> Deleted:
    """Remove entries of a directory below the root, in their order.

    Raises:
        NotReadable: what processes have open cannot be told.
        OperationFailed: the directory cannot be held: gone, or a link.
    """
    opened = cleaning.opened(house)
    done = Deleted()
    try:
        with below.held(house.machine.root, directory) as top:
            for entry in entries:
                _one(top, entry, done, in_use=(entry.device, entry.inode) in opened.files)
    except OSError as error:
        raise OperationFailed(f"{directory} cannot be cleaned: {error.strerror}.") from None
    return done


def in_words(done: Deleted, freed: str) -> str:
    """What was removed, and what was not: `27 removed, 760 KiB freed; 1 changed meanwhile: a.part`."""
    told = [f"{done.removed} removed, {freed} freed"]
    told += [f"{len(paths)} {WHYS[why]}: {_some(paths)}" for why, paths in done.left.items()]
    told += [f"{len(paths)} not removed ({why}): {_some(paths)}" for why, paths in done.failed.items()]
    return "; ".join(told)


def _one(top: below.Top, entry: Entry, done: Deleted, *, in_use: bool) -> None:
    if in_use:
        done.left.setdefault("in use", []).append(entry.path)
        return
    try:
        came = top.remove(entry)
    except OSError as error:
        done.failed.setdefault(error.strerror or str(error), []).append(entry.path)
        return
    if came == "removed":
        done.removed += 1
        done.freed_bytes += entry.frees
    else:
        done.left.setdefault(came, []).append(entry.path)


def _some(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - NAMED} more" if len(paths) > NAMED else ""
    return f"{', '.join(paths[:NAMED])}{more}"
