"""Sites that were cut short: what was being written while the disk was critical, and is not whole."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from commands.ops.agents import agents
from commands.ops.disk import critical_span, site_directory
from commands.ops.disk.critical_span import Span
from commands.ops.domains import is_domain
from commands.ops.errors import NotReadable
from commands.ops.house import House
from commands.ops.machine.files import glances, trees
from commands.ops.machine.files.files import Unreadable
from commands.ops.registry import registry
from commands.ops.registry.rows import Row
from commands.ops.sites import files as site_files

NANO = 1_000_000_000


@dataclass(frozen=True, slots=True)
class CutShort:
    """One site. empty: its files without a byte, below the root. page: whether its index page is whole."""

    row: Row
    empty: tuple[str, ...]
    page: bool | None
    busy: bool


@dataclass(frozen=True, slots=True)
class HalfWritten:
    """What one look found.

    span: when the disk was critical. written: how many sites were written then. cut: those that are not whole, in the
    registry's order; `busy` ones have an agent, which may be at writing them still.
    """

    span: Span
    written: int
    cut: tuple[CutShort, ...]
    problems: tuple[str, ...]


def look(house: House) -> HalfWritten | None:
    """Look at every site that was written in the last critical span; None where the disk was never seen critical.

    Raises:
        NotReadable: the registry cannot be read.
    """
    span = critical_span.newest(house.journal.connection())
    if span is None:
        return None
    found = registry.read(house.settings, house.machine).sites()
    rows = {site: of[0] for site, of in found.items() if is_domain(site)}  # no path is made of another
    problems: list[str] = []
    busy = _busy(house, rows, problems)
    window = _window(house, span)
    written = 0
    cut: list[CutShort] = []
    for site, row in rows.items():
        names = list(_written(house, site, window, problems))
        if not names:
            continue
        written += 1
        one = _judged(house, row, names, busy=site in busy)
        if one.empty or one.page is False:
            cut.append(one)
    return HalfWritten(span, written, tuple(cut), tuple(problems))


def _window(house: House, span: Span) -> tuple[float, float]:
    """In seconds of the epoch; one look earlier, since it got critical some time after that."""
    earlier = timedelta(seconds=house.settings.watch.every_seconds)
    end: datetime = span.end or house.clock.now()
    return (span.begin - earlier).timestamp(), end.timestamp()


def _written(
    house: House, site: str, window: tuple[float, float], problems: list[str]
) -> Iterator[tuple[str, int]]:
    """The site's files and its design that were last written then: path below the root, and bytes."""
    tree, root = house.settings.tree, house.machine.root
    top = f"{tree.sites}/{site_directory.name_of(site)}"
    try:
        for entry in trees.read(root / top).entries:
            if entry.kind == "file" and _is_in(window, entry.modified_ns):
                yield f"{top}/{entry.path}", entry.size
    except FileNotFoundError:
        pass
    except OSError as error:
        problems.append(f"{top} cannot be looked at: {error.strerror}.")
    # The directory itself: in one that was made then, not even a first file may have found room.
    for path in (top, f"{tree.designs}/{site}-DESIGN.md"):
        with suppress(Unreadable):
            marks = glances.marks(root / path)
            if _is_in(window, marks.modified_ns):
                yield path, marks.bytes if path != top else 1


def _is_in(window: tuple[float, float], modified_ns: int) -> bool:
    return window[0] <= modified_ns / NANO <= window[1]


def _judged(house: House, row: Row, names: Collection[tuple[str, int]], *, busy: bool) -> CutShort:
    """A page counts only where something of the site was written then, not where its design alone was."""
    empty = tuple(sorted(path for path, size in names if not size))
    sites = f"{house.settings.tree.sites}/"
    built = any(path.startswith(sites) for path, _ in names)
    page = site_files.read(house, row.domain).page if built else None
    return CutShort(row, empty, page, busy)


def _busy(house: House, sites: Collection[str], problems: list[str]) -> frozenset[str]:
    try:
        seen = agents.read(house.settings, house.machine, sites)
    except NotReadable as error:
        problems.append(error.sentence)
        return frozenset()
    return frozenset(agent.site for agent in seen.agents if agent.site)
