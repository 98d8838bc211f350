"""Where versions of the registry are, by name: commits, our own copies, and the one made by hand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from commands.ops.edits import backups
from commands.ops.edits.backups import Backup
from commands.ops.errors import NotReadable, WrongUsage
from commands.ops.house import House
from commands.ops.machine import git
from commands.ops.versions import beside

COMMITS_KNOWN = 500  # of these one may be named
SHORT = 10  # characters of a commit's id
FEWEST = 4  # of it that one may type

Kind = Literal["commit", "copy", "by_hand"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a version is.

    name: as one types it. kind, key: what it is, and what it is found by: a commit's id, a copy's file name.
    author, said: a commit's author and the first line of its message; empty for copies.
    """

    name: str
    kind: Kind
    key: str
    at: datetime
    author: str = ""
    said: str = ""


def newest(house: House, commits: int, copies: int) -> Sequence[Source]:
    """So many of the newest commits and copies, and the one made by hand; newest first."""
    settings, machine = house.settings, house.machine
    found = [
        Source(one.id[:SHORT], "commit", one.id, one.at, one.author, one.subject)
        for one in git.log(machine.root, settings.tree.registry, commits)
    ]
    kept = backups.listed(settings)[:copies]
    shared = Counter(one.name for one in kept)
    found += [
        Source(one.name if shared[one.name] == 1 else _stamp(one.path.name), "copy", one.path.name, one.at)
        for one in kept
    ]
    by_hand = beside.found(settings, machine)
    if by_hand:
        found.append(Source(by_hand.name, "by_hand", by_hand.name, by_hand.at))
    return sorted(found, key=lambda one: one.at, reverse=True)


def named(house: House, name: str) -> Source:
    """The version of this name; a commit's id may be shortened.

    Raises:
        WrongUsage: there is none, or several begin so.
    """
    typed = name.strip()
    found = [
        one for one in newest(house, COMMITS_KNOWN, house.settings.limits.backups_kept) if _is(one, typed)
    ]
    if len({one.key for one in found}) > 1:
        raise WrongUsage(f"Several versions begin with {typed[:SHORT]}: type more of it.")
    if not found:
        raise WrongUsage(f"There is no version {typed[:40]} of the registry; “dedupe restore” lists them.")
    return found[0]


def content(house: House, source: Source) -> bytes:
    """What a version holds.

    Raises:
        NotReadable: it is gone or damaged.
    """
    settings, machine = house.settings, house.machine
    if source.kind == "by_hand":
        return beside.read(settings, machine)
    if source.kind == "copy":
        return backups.read(settings, _copy(house, source.key))
    limit = settings.limits.registry_bytes
    found = dict(git.contents(machine.root, settings.tree.registry, [source.key], limit)).get(source.key)
    if found is None:
        raise NotReadable(
            f"Commit {source.name} does not have the registry any more: choose another version."
        )
    return found


def _stamp(key: str) -> str:
    """The time in a copy's file name, to the microsecond: its own."""
    return key.split("-")[1]


def _is(source: Source, typed: str) -> bool:
    if source.kind == "commit":
        return len(typed) >= FEWEST and source.key.startswith(typed.lower())
    if source.kind == "by_hand":
        return typed == source.key
    stamp = _stamp(source.key)
    return typed in (source.key, stamp, f"{stamp.partition('.')[0]}Z")


def _copy(house: House, name: str) -> Backup:
    found = next((one for one in backups.listed(house.settings) if one.path.name == name), None)
    if found is None:
        raise NotReadable(f"The copy {name} is gone: choose another version.")
    return found
