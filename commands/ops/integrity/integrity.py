"""The integrity of a registry: all that can be wrong with one, whichever version of it this is.

Pure: it is as good for the file as for a commit or a backup; see `batches.expected_of_all` for the sites to expect.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from commands.ops.batches.batches import Expected
from commands.ops.names import is_number
from commands.ops.registry.findings import BEYOND_MENDING, Finding
from commands.ops.registry.registry import Registry
from commands.ops.registry.rows import Row


@dataclass(frozen=True, slots=True)
class Doubled:
    """A site with several rows, in the table's order."""

    domain: str
    rows: tuple[Row, ...]

    @property
    def identical(self) -> bool:
        """Whether its rows say the same, blanks around cells apart."""
        return len({row.cells for row in self.rows}) == 1

    @property
    def lines(self) -> tuple[int, ...]:
        """The rows' lines, from 1."""
        return tuple(row.line for row in self.rows)


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A site whose row names another batch than the one whose file lists it."""

    row: Row
    listed_in: str


@dataclass(frozen=True, slots=True)
class Integrity:
    """What is wrong with one version of the registry; all in the table's order.

    sites: how many there are, each once. identical, conflicting: sites with several rows. missing: expected sites
    without a row, wherever they are expected. unexpected: sites that no batch file lists, where there are batch files.
    misplaced: sites in another batch than the one whose file lists them. outside: rows in no batch, where the table
    knows batches. malformed: everything that `registry.parse` stumbled over, header and conflict marks too.
    unknown_statuses: how many rows have a letter that the ladder does not know; none at all is malformed instead.
    """

    sites: int
    identical: tuple[Doubled, ...]
    conflicting: tuple[Doubled, ...]
    missing: tuple[str, ...]
    unexpected: tuple[str, ...]
    misplaced: tuple[Misplaced, ...]
    outside: tuple[Row, ...]
    malformed: tuple[Finding, ...]
    unknown_statuses: Mapping[str, int]

    @property
    def whole(self) -> bool:
        """Whether it has all its sites, each once, and no damage: a version that one may go back to.

        What is only strange (a site that no batch lists, a letter of somebody's own) does not count.
        """
        damage = (self.identical, self.conflicting, self.missing, self.outside, self.malformed)
        return self.sites > 0 and not any(damage)

    @property
    def clean(self) -> bool:
        """Whether nothing at all is wrong or strange."""
        return self.whole and not (self.unexpected or self.misplaced or self.unknown_statuses)

    @property
    def doubled(self) -> tuple[Doubled, ...]:
        """All sites with several rows, in the order of their first ones."""
        return tuple(sorted((*self.identical, *self.conflicting), key=lambda one: one.lines[0]))

    @property
    def surplus_rows(self) -> int:
        """What is more than one row a site."""
        return sum(len(one.rows) - 1 for one in self.doubled)

    @property
    def malformed_lines(self) -> tuple[int, ...]:
        """The lines with a finding, from 1, ascending."""
        return tuple(sorted({finding.line for finding in self.malformed}))

    @property
    def beyond_mending(self) -> tuple[Finding, ...]:
        """What is wrong with the table as a whole; taking rows out of it mends nothing then."""
        return tuple(finding for finding in self.malformed if finding.kind in BEYOND_MENDING)


def examine(registry: Registry, expected: Mapping[str, Expected]) -> Integrity:
    """Find all that is wrong with a registry.

    Args:
        registry: any version.
        expected: by batch, the sites that it should have.
    """
    sites = registry.sites()
    doubled = tuple(Doubled(domain, rows) for domain, rows in registry.several().items())
    identical = tuple(one for one in doubled if one.identical)
    by_file = {batch: one.sites for batch, one in expected.items() if one.source == "file"}
    unknown = {batch for batch, one in expected.items() if one.source == "unknown"}
    listed = {site: batch for batch, sites in by_file.items() for site in sites}
    missing = (
        site
        for one in expected.values()
        for site in one.sites
        if site not in one.archived and site not in sites
    )
    return Integrity(
        sites=len(sites),
        identical=identical,
        conflicting=tuple(one for one in doubled if not one.identical),
        missing=tuple(dict.fromkeys(missing)),
        unexpected=tuple(_unlisted(sites, listed, unknown)) if by_file else (),
        misplaced=tuple(_misplaced((rows[0] for rows in sites.values()), listed)) if listed else (),
        outside=_outside(registry),
        malformed=registry.findings,
        unknown_statuses=_unknown_statuses(registry),
    )


def _unlisted(
    sites: Mapping[str, tuple[Row, ...]], listed: Container[str], unknown: Container[str]
) -> Iterator[str]:
    return (site for site, rows in sites.items() if site not in listed and rows[0].batch not in unknown)


def _misplaced(rows: Iterable[Row], listed: Mapping[str, str]) -> Iterable[Misplaced]:
    for row in rows:
        batch = listed.get(row.domain, row.batch)
        if is_number(row.batch) and batch != row.batch:
            yield Misplaced(row, batch)


def _outside(registry: Registry) -> tuple[Row, ...]:
    batches = {batch for batch, _, _ in registry.combinations()}
    in_none = sorted(batch for batch in batches if not is_number(batch))
    if len(in_none) == len(batches):
        return ()
    found = (row for batch in in_none for row in registry.where(batch=batch))
    return tuple(sorted(found, key=lambda row: row.line))


def _unknown_statuses(registry: Registry) -> dict[str, int]:
    known = {*registry.ladder.letters, ""}
    return {status: number for status, number in registry.statuses().items() if status not in known}
