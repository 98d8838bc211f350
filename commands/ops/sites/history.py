"""One site's changes of status, as commits, the watch and our own runs tell them, in order of time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from commands.ops.errors import WrongUsage
from commands.ops.history.sightings import Commits, Seen, Witness, planned, watched
from commands.ops.house import House
from commands.ops.machine import git
from commands.ops.registry import registry
from commands.ops.registry.registry import Registry
from commands.ops.registry.sites import meant

MOST_COMMITS = 500


@dataclass(frozen=True, slots=True)
class Phase:
    """A time in which a site had one status.

    since: when it was first seen there. seconds: until the next one was, or until now. witnesses: the first tells of
    the change, others of the same status later.
    """

    status: str | None
    since: datetime
    seconds: float
    witnesses: tuple[Witness, ...]

    @property
    def unseen(self) -> bool:
        """Whether nobody saw it begin: the registry says so now, and no commit, watch or run of ours knows since when."""
        return [one.kind for one in self.witnesses] == ["registry"]


@dataclass(frozen=True, slots=True)
class History:
    """phases: oldest first. present: whether the site is in the registry now. problems: what is not known, and why."""

    site: str
    phases: tuple[Phase, ...]
    present: bool
    problems: tuple[str, ...]


def read(house: House, site: str) -> History:
    """What is known of a site.

    Raises:
        WrongUsage: nobody has ever heard of it; the sentence names the nearest.
        NotReadable: the registry cannot be read.
    """
    table = registry.read(house.settings, house.machine)
    rows = table.sites().get(site)
    commits = git.log(house.machine.root, house.settings.tree.registry, MOST_COMMITS)
    committed = Commits(house, site, commits)
    # Oldest first; of one second, as commits tell them.
    seen = sorted(
        [*reversed(list(committed.seen())), *watched(house, site), *planned(house, site, table)],
        key=lambda one: one.at,
    )
    if rows is None and not any(one.status for one in seen):
        raise WrongUsage(_unknown(site, table))
    status = table.status_of(rows) if rows else None
    now = house.clock.now()
    seen.append(Seen(max(now, seen[-1].at) if seen else now, status, Witness("registry")))
    phases = tuple(_phases(seen))
    return History(site, phases, rows is not None, _problems(committed, table))


def _phases(seen: Iterable[Seen]) -> Iterator[Phase]:
    """One after the other; who tells the same again is another witness."""
    current: Phase | None = None
    for one in seen:
        if current and current.status == one.status:
            new = one.witness not in current.witnesses and one.witness.kind != "registry"
            witnesses = (*current.witnesses, one.witness) if new else current.witnesses
            seconds = (one.at - current.since).total_seconds()
            current = replace(current, witnesses=witnesses, seconds=seconds)
            continue
        if current:
            yield replace(current, seconds=(one.at - current.since).total_seconds())
        current = Phase(one.status, one.at, 0.0, (one.witness,))
    if current:
        yield current


def _problems(committed: Commits, table: Registry) -> tuple[str, ...]:
    house, site, commits = committed.house, committed.site, committed.commits
    said = []
    if not commits:
        said.append("git knows nothing of the registry: only what the watch and our own runs saw is told.")
    elif git.is_shallow(house.machine.root):
        said.append("The repository is a shallow clone: what was before its first commit is not known.")
    if committed.read < len(commits) or len(commits) == MOST_COMMITS:
        said.append(f"Only the last {committed.read} commits of the registry were read.")
    if site in table.disagreeing:
        said.append(f"{site} has rows that contradict each other; the lowest of their letters counts.")
    return tuple(said)


def _unknown(site: str, table: Registry) -> str:
    return f"Neither the registry nor its history has a site {site}; {meant(site, table)}"
