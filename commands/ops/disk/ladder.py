"""The cleanup ladder: what can be freed, in the runbook's order of preference, each rung with its measured gain."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from commands.ops.disk import archivable, cleaning, trash
from commands.ops.disk.cleaning import WHATS, Leftovers
from commands.ops.disk.usage import SITE_ENDING, DiskUse
from commands.ops.errors import NotReadable, OpsError
from commands.ops.house import House
from commands.ops.machine.packing import compressing
from commands.ops.operation import Tier
from commands.ops.registry import registry
from commands.ops.registry.registry import Registry

Name = Literal["own", "temp", "cache", "archive", "compress", "delete"]


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung. gain_bytes: None where it could not be measured. batches: those it would take, in order.

    left: how much of it stays where it is, in words, as `3 in use`.
    """

    name: Name
    tier: Tier
    gain_bytes: int | None
    batches: tuple[str, ...] = ()
    left: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs in order, our own footprint first; and what could not be read."""

    rungs: tuple[Rung, ...]
    problems: tuple[str, ...]


def look(house: House, use: DiskUse) -> Ladder:
    """Measure every rung. Never raises an OpsError."""
    problems: list[str] = []
    rungs = [_own(house, problems)]
    rungs += _leftovers(house, problems)
    try:
        table = registry.read(house.settings, house.machine)
        rungs += _batches(house, table, use)
    except NotReadable as error:
        problems.append(error.sentence)
    return Ladder(tuple(rungs), tuple(problems))


def _own(house: House, problems: list[str]) -> Rung:
    """What we keep that may go: the trash of archived batches. Journal and backups are capped by settings."""
    try:
        found = tuple(trash.archived(house))
    except OpsError as error:
        problems.append(error.sentence)
        return Rung("own", "confirm", None)
    return Rung("own", "confirm", sum(one.bytes for one in found), tuple(one.entry.batch for one in found))


def _leftovers(house: House, problems: list[str]) -> Iterator[Rung]:
    """Temp files and cache, as far as they may go now."""
    before = house.clock.now() - timedelta(seconds=house.settings.cleaning.keep_seconds)
    try:
        opened = cleaning.opened(house)
    except NotReadable as error:
        problems.append(error.sentence)
        yield from (Rung("temp", "confirm", None), Rung("cache", "confirm", None))
        return
    for what in WHATS:
        try:
            found = cleaning.look(house, what, before, opened)
        except NotReadable as error:
            problems.append(error.sentence)
            yield Rung(what, "confirm", None)
        else:
            problems += found.problems
            yield Rung(what, "confirm", found.gain_bytes, left=kept(found))


def kept(found: Leftovers) -> str:
    """`3 in use, 12 too young`; empty where nothing stays."""
    counts = ((found.in_use, "in use"), (found.young, "too young"), (found.special, "no plain file"))
    return ", ".join(f"{len(names)} {why}" for names, why in counts if names)


def _batches(house: House, table: Registry, use: DiskUse) -> Iterator[Rung]:
    """What archiving, compressing and deleting batches would free."""
    whole = [one for one in archivable.complete(house, table) if _bytes(use, one.sites)]
    finalized = [site for one in whole for site in one.sites]
    sites = house.machine.root / house.settings.tree.sites
    shrinks = compressing.tried(sites / f"{site}{SITE_ENDING}" for site in finalized)
    names, taken = tuple(one.batch for one in whole), _bytes(use, finalized)
    yield Rung("archive", "confirm", int(taken * (1 - shrinks.archived)) if shrinks else 0, names)
    yield Rung("compress", "second", int(taken * (1 - shrinks.file_by_file)) if shrinks else 0, names)
    oldest = whole[:1]
    yield Rung("delete", "grave", sum(_bytes(use, one.sites) for one in oldest), names[:1])


def _bytes(use: DiskUse, sites: Iterable[str]) -> int:
    return sum(map(use.site_bytes, sites))
