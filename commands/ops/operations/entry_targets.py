"""Files and directories as a plan's targets: bound to inode, size and time, and read back from them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from commands.ops import reserve
from commands.ops.disk import disk
from commands.ops.house import House
from commands.ops.machine.files.trees import Entry
from commands.ops.operation import Target

# What an entry costs from its plan's first state to its last, which writes the plan anew: measured on a full disk.
ENTRY_BYTES, PATH_TIMES = 1500, 10

Rank = tuple[int, str]


def smallest(house: House, entries: Iterable[Entry], most: int, plans: int = 1) -> list[int | str] | None:
    """The last entry that one plan takes of these, the biggest first, as its args keep it; None where it takes all.

    Args:
        house: on a critical disk a plan takes as many as there is room for in our own database.
        entries: all that might go.
        most: how many at most.
        plans: how many share that room.
    """
    ranked = sorted(entries, key=_rank)
    if disk.read(house.settings, house.machine).worst == "critical":
        most = min(most, _fitting(ranked, reserve.room(house.journal) / plans))
    return list(_rank(ranked[most - 1])) if len(ranked) > most else None


def is_taken(entry: Entry, last: Sequence[int | str] | None) -> bool:
    """Whether a plan whose last entry this is takes that one."""
    return last is None or _rank(entry) <= tuple(last)


def _fitting(ranked: Sequence[Entry], room: float) -> int:
    taken = 0
    for number, entry in enumerate(ranked):
        taken += ENTRY_BYTES + PATH_TIMES * len(entry.path)
        if taken > room:
            return max(number, 1)
    return max(len(ranked), 1)


def _rank(entry: Entry) -> Rank:
    return -entry.bytes, entry.path


def target_of(key: str, entry: Entry) -> Target:
    """One entry; of a directory only which one it is, since its time changes with what is in it."""
    identity: dict[str, Any] = {"kind": entry.kind, "device": entry.device, "inode": entry.inode}
    if entry.kind != "directory":
        identity |= {"size": entry.size, "modified_ns": entry.modified_ns}
    about = {"path": entry.path, "bytes": entry.bytes, "links": entry.links, "frees": entry.frees}
    return Target(key, identity, about)


def entry_of(target: Target) -> Entry:
    """The entry that a target was made of."""
    meant: Mapping[str, Any] = target.identity
    return Entry(
        path=target.about["path"],
        kind=meant["kind"],
        device=meant["device"],
        inode=meant["inode"],
        bytes=target.about["bytes"],
        size=meant.get("size", 0),
        links=target.about["links"],
        modified_ns=meant.get("modified_ns", 0),
    )
