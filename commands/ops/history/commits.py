"""Since when rows have their status, as the commits of the registry tell: one `git log`, its changed lines only."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from commands.ops.machine import git
from commands.ops.machine.host import Machine
from commands.ops.registry.registry import Registry, parse
from commands.ops.registry.rows import Row
from commands.ops.settings import OpsSettings

MOST_COMMITS = 500


def since(
    settings: OpsSettings, machine: Machine, table: Registry, rows: Iterable[Row]
) -> dict[str, datetime]:
    """When each of these rows was committed with the status it has; without those that no commit tells.

    A row that is committed with another status than the table's has changed since: no commit knows when.
    """
    wanted = {row.domain: row.status for row in rows}
    heading = b"".join(table.lines[: table.rows[0].line - 1]) if table.rows else b""
    found: dict[str, datetime] = {}
    for at, removed, added in _patches(git.changed_lines(machine.root, settings.tree.registry, MOST_COMMITS)):
        before, after = (
            {row.domain: row.status for row in parse(heading + side, settings.ladder, 1).rows}
            for side in (removed, added)
        )
        for site in [site for site in wanted if site in after]:
            if after[site] != wanted[site]:
                del wanted[site]
            elif before.get(site) != wanted[site]:
                found[site] = at
                del wanted[site]
        if not wanted:
            break
    return found


def committed(settings: OpsSettings, machine: Machine, rows: Iterable[Row]) -> dict[bytes, datetime]:
    """When each of these rows was last committed as it stands, by its bytes without the blanks around them."""
    wanted = {row.raw.strip() for row in rows}
    found: dict[bytes, datetime] = {}
    for at, _, added in _patches(git.changed_lines(machine.root, settings.tree.registry, MOST_COMMITS)):
        for line in added.split(b"\n"):
            if (text := line.strip()) in wanted:
                found.setdefault(text, at)
        if len(found) == len(wanted):
            break
    return found


def _patches(lines: Iterable[bytes]) -> Iterator[tuple[datetime, bytes, bytes]]:
    """Each commit's time, the lines it took out, and those it put in; the newest first."""
    at: datetime | None = None
    removed: list[bytes] = []
    added: list[bytes] = []
    for line in lines:
        if line.startswith(git.COMMIT):
            if at:
                yield at, b"".join(removed), b"".join(added)
            at = datetime.fromtimestamp(int(line.removeprefix(git.COMMIT)), UTC)
            removed, added = [], []
        elif line.startswith(b"-|"):
            removed.append(line[1:])
        elif line.startswith(b"+|"):
            added.append(line[1:])
    if at:
        yield at, b"".join(removed), b"".join(added)
