"""Who saw a site at which status, and when: commits of the registry, the watch, and our own runs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from commands.ops.history import transitions
from commands.ops.house import House
from commands.ops.machine import git
from commands.ops.registry import registry
from commands.ops.registry.registry import Registry
from commands.ops.registry.rows import names_a_column
from commands.ops.registry.table import begins_row, cells_of, is_rule

HEADING_LINES = 200

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


@dataclass(slots=True)
class Commits:
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
        return None
    found = registry.parse(heading + b"\n".join(lines), house.settings.ladder, 1)
    rows = found.sites().get(site)
    return found.status_of(rows) if rows else None


def watched(house: House, site: str) -> Iterator[Seen]:
    """Both ends of each change that the watch saw."""
    witness = Witness("watch")
    for change in transitions.of_site(house.journal.connection(), site):
        yield Seen(change.after, change.before, witness)
        yield Seen(change.at, change.status, witness)


def planned(house: House, site: str, table: Registry) -> Iterator[Seen]:
    """What runs of ours made of it."""
    query = """
        SELECT row_edits.after, steps.ended_at, plans.id, plans.line, plans.asked_by FROM row_edits
        JOIN steps ON steps.plan = row_edits.plan AND steps.number = row_edits.step
        JOIN plans ON plans.id = row_edits.plan
        WHERE row_edits.site = ? AND row_edits.after IS NOT NULL AND steps.ended_at IS NOT NULL
    """
    for row in house.journal.connection().execute(query, (site.encode(),)):
        witness = Witness("plan", row["id"], json.loads(row["asked_by"])["name"], row["line"])
        status = _status(house, site, _heading(table.data()), [row["after"]])
        yield Seen(datetime.fromisoformat(row["ended_at"]), status, witness)
