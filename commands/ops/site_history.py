"""One site's changes of status, as commits, the watch and our own runs tell them, in order of time."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from commands.ops import registry, transitions
from commands.ops.errors import WrongUsage
from commands.ops.house import House
from commands.ops.machine import git
from commands.ops.registry import Registry
from commands.ops.rows import names_a_column
from commands.ops.sites import nearest
from commands.ops.table import begins_row, cells_of, is_rule

MOST_COMMITS = 500
HEADING_LINES = 200
GONE = None

Kind = Literal["commit", "watch", "plan", "registry"]


@dataclass(frozen=True, slots=True)
class Witness:
    """Who tells of a status.

    kind: a commit, the watch, a plan of ours, or the registry as it stands. name: the commit's or the plan's id.
    who: the commit's author, or who asked for the plan. said: its message, or the line that was asked.
    """

    kind: Kind
    name: str = ""
    who: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A site's status at a moment; None: it was not in the registry."""

    at: datetime
    status: str | None
    witness: Witness


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
    committed = _Commits(house, site, commits)
    # Oldest first; of one second, as commits tell them.
    seen = sorted(
        [*reversed(list(committed.seen())), *_watched(house, site), *_planned(house, site, table)],
        key=lambda one: one.at,
    )
    if rows is None and not any(one.status for one in seen):
        raise WrongUsage(_unknown(site, table))
    status = table.status_of(rows) if rows else GONE
    now = house.clock.now()
    seen.append(Seen(max(now, seen[-1].at) if seen else now, status, Witness("registry")))
    phases = tuple(_phases(seen))
    return History(site, phases, rows is not None, _problems(committed, table))


@dataclass(slots=True)
class _Commits:
    """The commits of the registry, read for one site. read: how many git gave in time."""

    house: House
    site: str
    commits: Sequence[git.Commit]
    read: int = 0

    def seen(self) -> Iterator[Seen]:
        """The site's status in each commit that changed it; newest first, so that what is not read is the oldest."""
        tree, limit = self.house.settings.tree, self.house.settings.limits.registry_bytes
        by_id = {one.id: one for one in self.commits}
        found = git.contents(self.house.machine.root, tree.registry, list(by_id), limit)
        name = self.site.encode()
        last: tuple[git.Commit, bytes, tuple[bytes, ...]] | None = None
        for commit, data in found:
            self.read += 1
            lines = _lines_of(data or b"", name)
            if last and lines != last[2]:
                yield self._told(*last)
            heading = last[1] if last and lines == last[2] else _heading(data or b"")
            last = by_id[commit], heading, lines
        if last:
            yield self._told(*last)

    def _told(self, commit: git.Commit, heading: bytes, lines: tuple[bytes, ...]) -> Seen:
        witness = Witness("commit", commit.id, commit.author, commit.subject)
        return Seen(commit.at, _status(self.house, self.site, heading, lines), witness)


def _lines_of(data: bytes, site: bytes) -> tuple[bytes, ...]:
    """The lines whose first cell may be the site: found by its name, which is much faster than by pipes."""
    found, at = [], -1
    while (at := data.find(site, at + 1)) >= 0:
        start = data.rfind(b"\n", 0, at) + 1
        if data[start:at].strip() == b"|":
            end = data.find(b"\n", at)
            found.append(data[start : end if end >= 0 else len(data)])
    return tuple(found)


def _heading(data: bytes) -> bytes:
    """The lines from the top through the table's header and rule, without which cells have no names."""
    lines = data.split(b"\n", HEADING_LINES)[:HEADING_LINES]
    for number, line in enumerate(lines, 1):
        text = line.decode("utf-8", "backslashreplace")
        if begins_row(text) and not (is_rule(cells_of(text)) or names_a_column(cells_of(text))):
            return b"".join(one + b"\n" for one in lines[: number - 1])
    return b""


def _status(house: House, site: str, heading: bytes, lines: Sequence[bytes]) -> str | None:
    if not lines:
        return GONE
    found = registry.parse(heading + b"\n".join(lines), house.settings.ladder, 1)
    rows = found.sites().get(site)
    return found.status_of(rows) if rows else GONE


def _watched(house: House, site: str) -> Iterator[Seen]:
    """Both ends of each change that the watch saw."""
    witness = Witness("watch")
    for change in transitions.of_site(house.journal.connection(), site):
        yield Seen(change.after, change.before, witness)
        yield Seen(change.at, change.status, witness)


def _planned(house: House, site: str, table: Registry) -> Iterator[Seen]:
    """What runs of ours made of it."""
    query = """
        SELECT row_edits.text, steps.ended_at, plans.id, plans.line, plans.asked_by FROM row_edits
        JOIN steps ON steps.plan = row_edits.plan AND steps.number = row_edits.step
        JOIN plans ON plans.id = row_edits.plan
        WHERE row_edits.site = ? AND row_edits.side = 'after' AND steps.ended_at IS NOT NULL
    """
    for row in house.journal.connection().execute(query, (site.encode(),)):
        witness = Witness("plan", row["id"], json.loads(row["asked_by"])["name"], row["line"])
        status = _status(house, site, _heading(table.data()), [row["text"]])
        yield Seen(datetime.fromisoformat(row["ended_at"]), status, witness)


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


def _problems(committed: _Commits, table: Registry) -> tuple[str, ...]:
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
    near = nearest(site, table.sites())
    hint = f"did you mean {' or '.join(near)}?" if near else "“batch sites” lists them."
    return f"Neither the registry nor its history has a site {site}; {hint}"
