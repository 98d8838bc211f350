"""The versions of the registry that one can go back to, each examined and held against the one of now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from commands.ops.batches import batches
from commands.ops.batches.batches import Expected
from commands.ops.edits.held import Held
from commands.ops.errors import NotReadable
from commands.ops.house import House
from commands.ops.integrity import integrity, large_registry
from commands.ops.integrity.integrity import Integrity
from commands.ops.machine import git
from commands.ops.machine.files import files, stable
from commands.ops.machine.writing.strays import digest
from commands.ops.registry import registry
from commands.ops.registry.registry import Registry
from commands.ops.versions import sources as version_sources
from commands.ops.versions.progress import Lost, lost
from commands.ops.versions.sources import Source
from commands.ops.versions.unlike import Kept, Outline, unlike

COMMITS, COPIES = 20, 20  # the newest of each are looked at
TOGETHER_BYTES = 32 * 1024**2  # of text: beyond, no more are looked at than it takes to find a whole one

NO_MORE: tuple[str, bytes | None] = ("", None)


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
    expected, unread = batches.expected_of_all(house.settings, house.machine, now or parsed(house, b""))
    found = integrity.examine(now, expected) if now else None
    data, outline = (now.data(), Outline.of(now)) if now else (None, None)
    del now  # of a large one there is room for one thing at a time
    kept = Kept(Held.of(data), outline) if data is not None and outline else None
    del data
    listed, damaged = _examined(house, kept, expected, problems)
    if git.is_shallow(house.machine.root):
        problems.append("The repository is a shallow clone: earlier commits are not here.")
    return Versions(
        versions=listed,
        now=found,
        damaged=damaged,
        problems=(*problems, *unread),
    )


def parsed(house: House, data: bytes) -> Registry:
    """These bytes as a registry of this host."""
    return registry.parsed(house.settings, data)


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
    house: House, now: Kept | None, expected: Mapping[str, Expected], problems: list[str]
) -> tuple[tuple[Version, ...], tuple[str, ...]]:
    """Each content once, under its newest name; and the names of copies that cannot be read."""
    seen = {now.held.digest} if now else set()
    versions: list[Version] = []
    damaged, total = [], 0
    for source, data in _contents(house):
        if data is None:
            damaged.append(source.name)
            continue
        total += len(data)
        if total > TOGETHER_BYTES and any(one.found.whole for one in versions):
            problems.append(f"Only the newest {len(versions)} versions were looked at: they are large.")
            break
        known = digest(data)
        if known not in seen:
            seen.add(known)
            table = parsed(house, data)
            found, counts, outline = integrity.examine(table, expected), table.counts(), Outline.of(table)
            del table
            kept = Kept(Held.of(data), outline)
            del data
            loses = lost(*unlike(house.settings, now, kept)) if now else None
            versions.append(Version(source, known, found, counts, loses))
    return tuple(versions), tuple(damaged)


def _contents(house: House) -> Iterator[tuple[Source, bytes | None]]:
    """Each version with what it holds, newest first; None where it cannot be read."""
    sources = version_sources.newest(house, COMMITS, COPIES)
    if large_registry.is_large(house):
        for source in sources:
            yield source, _content(house, source)
    else:
        yield from _together(house, sources)


def _together(house: House, sources: Sequence[Source]) -> Iterator[tuple[Source, bytes | None]]:
    """The same, where all commits come by one process, one ahead."""
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
        yield source, _content(house, source)


def _content(house: House, source: Source) -> bytes | None:
    try:
        return version_sources.content(house, source)
    except NotReadable:
        return None
