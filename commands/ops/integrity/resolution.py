"""Which of a doubled site's rows stays: the one that the evidence proves, or that somebody chose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from commands.ops.edits.rows import RowsChanged
from commands.ops.edits.statuses import row_text
from commands.ops.errors import WrongUsage
from commands.ops.history.ages import moment
from commands.ops.host_settings import Ladder
from commands.ops.integrity.evidence import Evidence
from commands.ops.integrity.integrity import Doubled
from commands.ops.registry.rows import Cells, Row

# In the order in which they are tried; undecided: nothing but a person can tell.
Rule = Literal["identical", "chosen", "supported", "furthest", "latest", "undecided"]


@dataclass(frozen=True, slots=True)
class Judged:
    """One row. supported: whether the files prove its status. changed_at: its own time, else that of its commit."""

    row: Row
    supported: bool
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What becomes of one doubled site. rows: in the table's order. kept: the row that stays; None: undecided.

    evidence: None where the rows are identical, and nothing else was looked at.
    """

    domain: str
    rows: tuple[Judged, ...]
    kept: Row | None
    rule: Rule
    evidence: Evidence | None


def resolve(
    doubled: Iterable[Doubled],
    evidence: Mapping[str, Evidence],
    ladder: Ladder,
    chosen: Mapping[str, str],
) -> tuple[Resolution, ...]:
    """Decide for each site which row stays.

    Args:
        doubled: sites with several rows.
        evidence: by site, for those whose rows conflict.
        ladder: the order of the letters.
        chosen: by site, the text of the row that somebody chose, see `row_text`.

    Raises:
        RowsChanged: a chosen row is not there.
    """
    doubled = tuple(doubled)
    gone = [one.domain for one in doubled if not _has(one, chosen.get(one.domain))]
    if gone:
        raise RowsChanged(gone)
    return tuple(_resolved(one, evidence.get(one.domain), ladder, chosen.get(one.domain)) for one in doubled)


def chosen_text(doubled: Iterable[Doubled], domain: str, line: int) -> str:
    """The text of the row that somebody chose by its line.

    Raises:
        WrongUsage: the site is not doubled, or has no row there.
    """
    one = next((one for one in doubled if one.domain == domain), None)
    if one is None:
        raise WrongUsage(
            f"There is nothing to do for {domain}: it stands in the registry once, or not at all."
        )
    row = next((row for row in one.rows if row.line == line), None)
    if row is None:
        lines = ", ".join(map(str, one.lines))
        raise WrongUsage(f"{domain} has no row in line {line}: its rows are in lines {lines}.")
    return row_text(row)


def _has(one: Doubled, text: str | None) -> bool:
    return text is None or any(row_text(row) == text for row in one.rows)


def _resolved(one: Doubled, found: Evidence | None, ladder: Ladder, chosen: str | None) -> Resolution:
    if found is None:
        rows = tuple(Judged(row, supported=False, changed_at=None) for row in one.rows)
        return Resolution(one.domain, rows, one.rows[0], "identical", None)
    rows = tuple(
        Judged(
            row, found.files.prove(row.status, ladder), moment(row.updated) or found.committed.get(row.line)
        )
        for row in one.rows
    )
    if chosen is not None:
        row = next(row for row in one.rows if row_text(row) == chosen)
        return Resolution(one.domain, rows, row, "chosen", found)
    kept, rule = _proved(rows, ladder)
    return Resolution(one.domain, rows, kept, rule, found)


def _proved(rows: tuple[Judged, ...], ladder: Ladder) -> tuple[Row | None, Rule]:
    """A status counts only if the files support it; then the furthest; then the latest change."""
    first: dict[Cells, Judged] = {}
    for one in rows:
        if one.supported:
            first.setdefault(one.row.cells, one)
    candidates = list(first.values())
    if not candidates:
        return None, "undecided"
    if len(candidates) == 1:
        return candidates[0].row, "supported"
    ranks = [ladder.letters.index(one.row.status) for one in candidates]
    furthest = [one for one, rank in zip(candidates, ranks, strict=True) if rank == max(ranks)]
    if len(furthest) == 1:
        return furthest[0].row, "furthest"
    return _latest(furthest)


def _latest(rows: list[Judged]) -> tuple[Row | None, Rule]:
    times = [one.changed_at for one in rows if one.changed_at is not None]
    if len(times) < len(rows) or times.count(max(times)) > 1:
        return None, "undecided"
    return max(zip(times, rows, strict=True), key=lambda pair: pair[0])[1].row, "latest"
