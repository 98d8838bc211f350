"""The versions of the registry that one can go back to: commits, our own copies, and the one made by hand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from commands.ops import backups, batches, beside, integrity, registry
from commands.ops.backups import Backup
from commands.ops.batches import Expected
from commands.ops.errors import NotReadable, WrongUsage
from commands.ops.house import House
from commands.ops.integrity import Integrity
from commands.ops.machine import files, git, stable
from commands.ops.machine.strays import digest
from commands.ops.progress import Lost, lost
from commands.ops.registry import Registry

COMMITS, COPIES = 20, 20  # the newest of each are looked at
COMMITS_KNOWN = 500  # of these one may be named
TOGETHER_BYTES = 256 * 1024**2  # of text, of all versions that are looked at
SHORT = 10  # characters of a commit's id
FEWEST = 4  # of it that one may type

NO_MORE: tuple[str, bytes | None] = ("", None)

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


@dataclass(frozen=True, slots=True)
class Version:
    """A version, and what going back to it would mean. lost: None where the registry of now cannot be read."""

    source: Source
    digest: str
    found: Integrity
    counts: Mapping[str, int]
    lost: Lost | None


@dataclass(frozen=True, slots=True)
class Versions:
    """All that there are, newest first, but for those that say what stands there now.

    now: the integrity of the registry as it stands; None where there is none, or it cannot be read.
    damaged: names of copies that cannot be read. problems: what was not looked at, and why.
    """

    versions: tuple[Version, ...]
    now: Integrity | None
    damaged: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def recommended(self) -> Version | None:
        """The newest whole one."""
        return next((one for one in self.versions if one.found.whole), None)


def current(house: House) -> bytes | None:
    """The registry's bytes as they stand; None where there is none.

    Raises:
        NotReadable: something is there that cannot be read.
    """
    settings = house.settings
    path, limits = house.machine.root / settings.tree.registry, settings.limits
    lock = house.machine.root / settings.tree.registry_lock
    try:
        return stable.read_stable(path, limits.registry_bytes, limits.registry_retries, lock=lock)
    except files.Missing:
        return None
    except files.Unreadable as error:
        raise NotReadable(f"The registry cannot be read: {error.sentence}") from None


def look(house: House) -> Versions:
    """Every version, each examined as the registry itself is.

    Raises:
        NotReadable: the copies or the batch files cannot be listed.
    """
    problems: list[str] = []
    now = _now(house, problems)
    known = now or parsed(house, b"")
    expected, unread = batches.expected_of_all(house.settings, house.machine, known)
    listed, damaged = _examined(house, now, expected, problems)
    if git.is_shallow(house.machine.root):
        problems.append("The repository is a shallow clone: earlier commits are not here.")
    return Versions(
        versions=listed,
        now=None if now is None else integrity.examine(now, expected),
        damaged=damaged,
        problems=(*problems, *unread),
    )


def named(house: House, name: str) -> Source:
    """The version of this name; a commit's id may be shortened.

    Raises:
        WrongUsage: there is none, or several begin so.
    """
    typed = name.strip()
    found = [
        one for one in _sources(house, COMMITS_KNOWN, house.settings.limits.backups_kept) if _is(one, typed)
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


def parsed(house: House, data: bytes) -> Registry:
    """These bytes as a registry of this host."""
    return registry.parse(data, house.settings.ladder, house.settings.agents.per_wave)


def _now(house: House, problems: list[str]) -> Registry | None:
    try:
        data = current(house)
    except NotReadable as error:
        problems.append(error.sentence)
        return None
    if data is None:
        problems.append(f"There is no registry at {house.machine.root / house.settings.tree.registry}.")
        return None
    return parsed(house, data)


def _examined(
    house: House, now: Registry | None, expected: Mapping[str, Expected], problems: list[str]
) -> tuple[tuple[Version, ...], tuple[str, ...]]:
    """Each content once, under its newest name; and the names of copies that cannot be read."""
    seen = {digest(now.data())} if now else set()
    versions: list[Version] = []
    damaged, total = [], 0
    for source, data in _contents(house):
        if data is None:
            damaged.append(source.name)
            continue
        total += len(data)
        if versions and total > TOGETHER_BYTES:
            problems.append(f"Only the newest {len(versions)} versions were looked at: they are large.")
            break
        known = digest(data)
        if known not in seen:
            seen.add(known)
            table = parsed(house, data)
            found = integrity.examine(table, expected)
            versions.append(Version(source, known, found, table.counts(), lost(now, table) if now else None))
    return tuple(versions), tuple(damaged)


def _contents(house: House) -> Iterator[tuple[Source, bytes | None]]:
    """Each version with what it holds, newest first; None where it cannot be read. Commits come by one process."""
    sources = _sources(house, COMMITS, COPIES)
    commits = git.contents(
        house.machine.root,
        house.settings.tree.registry,
        [one.key for one in sources if one.kind == "commit"],
        house.settings.limits.registry_bytes,
    )
    commit, data = next(commits, NO_MORE)
    for source in sources:
        if source.kind == "commit":
            if source.key == commit:  # else it is too large, or git did not answer
                if data is not None:
                    yield source, data
                commit, data = next(commits, NO_MORE)
            continue
        try:
            yield source, content(house, source)
        except NotReadable:
            yield source, None


def _sources(house: House, commits: int, copies: int) -> Sequence[Source]:
    """Newest first."""
    settings, machine = house.settings, house.machine
    found = [
        Source(one.id[:SHORT], "commit", one.id, one.at, one.author, one.subject)
        for one in git.log(machine.root, settings.tree.registry, commits)
    ]
    found += [Source(_stamp(one), "copy", one.path.name, one.at) for one in backups.listed(settings)[:copies]]
    by_hand = beside.found(settings, machine)
    if by_hand:
        found.append(Source(by_hand.name, "by_hand", by_hand.name, by_hand.at))
    return sorted(found, key=lambda one: one.at, reverse=True)


def _stamp(one: Backup) -> str:
    """The time in a copy's name: short, and its own."""
    return one.path.name.split("-")[1]


def _is(source: Source, typed: str) -> bool:
    if source.kind == "commit":
        return len(typed) >= FEWEST and source.key.startswith(typed.lower())
    return typed in (source.name, source.key)


def _copy(house: House, name: str) -> Backup:
    found = next((one for one in backups.listed(house.settings) if one.path.name == name), None)
    if found is None:
        raise NotReadable(f"The copy {name} is gone: choose another version.")
    return found
