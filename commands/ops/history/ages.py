"""Since when each site has its status: from the watch, from the table itself, or from git."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from commands.ops.history import commits, transitions
from commands.ops.history.transitions import Transition
from commands.ops.house import House
from commands.ops.registry.registry import Registry
from commands.ops.registry.rows import Row

Source = Literal["watch", "table", "git"]


@dataclass(frozen=True, slots=True)
class Since:
    """When a site came to its status, and who says so: the watch, the table's `Updated` cell, the git history."""

    at: datetime
    source: Source


def since(house: House, table: Registry, rows: Iterable[Row]) -> dict[str, Since | None]:
    """When each of these rows' sites came to its status; None where nobody knows."""
    rows = tuple(rows)
    connection = house.journal.connection()
    found = {row.domain: _known(row, transitions.of_site(connection, row.domain)) for row in rows}
    unknown = [row for row in rows if found[row.domain] is None]
    if unknown:
        dated = commits.since(house.settings, house.machine, table, unknown)
        found |= {site: Since(at, "git") for site, at in dated.items()}
    return found


def _known(row: Row, changes: Sequence[Transition]) -> Since | None:
    updated = moment(row.updated)
    change = _last(row, changes)
    if change is None:
        return Since(updated, "table") if updated else None
    # The cell is finer than our looks, and right if it lies between the two that the change lies between.
    if updated and change.after <= updated <= change.at:
        return Since(updated, "table")
    return Since(change.at, "watch")


def _last(row: Row, changes: Sequence[Transition]) -> Transition | None:
    """The change that brought the site to its status; that its row was lost and came back is none."""
    for change in reversed(changes):
        if change.status is None or change.before is None:
            continue
        return change if change.status == row.status else None
    return None


def moment(text: str) -> datetime | None:
    """A time as tables have them, ISO 8601; one without a zone is UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
