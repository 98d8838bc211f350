"""Files and directories as a plan's targets: bound to inode, size and time, and read back from them."""

from collections.abc import Mapping
from typing import Any

from commands.ops.machine.trees import Entry
from commands.ops.operation import Target


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
