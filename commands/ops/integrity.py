"""The integrity of a registry: all that can be wrong with one, whichever version of it this is.

Pure: it is as good for the file as for a commit or a backup; see `batches.expected_of_all` for the sites to expect.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from commands.ops.batches import Expected
from commands.ops.duplicates import key_of, repeated_keys
from commands.ops.findings import BEYOND_MENDING, Finding
from commands.ops.host_settings import Ladder
from commands.ops.names import is_number
from commands.ops.registry import Registry, in_blocks
from commands.ops.rows import Row

MOST_OUTSIDE = 10_000  # rows without a batch that are kept before any row has one


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
    survey = _Survey(registry.ladder, expected)
    survey.take(registry.rows, registry.findings)
    return survey.integrity()


def examine_bytes(data: bytes, ladder: Ladder, expected: Mapping[str, Expected]) -> Integrity:
    """The same of bytes, a block at a time: for a million rows it needs little more memory than these bytes.

    Args:
        data: the registry's content.
        ladder: the letters that a status may be.
        expected: by batch, the sites that it should have.
    """
    survey = _Survey(ladder, expected, repeated_keys(data))
    for block in in_blocks(data):
        survey.take(block.rows, block.findings)
    return survey.integrity()


@dataclass(slots=True)
class _Survey:
    """Takes in rows and findings, and keeps of them what may be wrong.

    repeated: the keys (see `duplicates.key_of`) of all rows that may be of a doubled site; None: any may be.
    """

    ladder: Ladder
    expected: Mapping[str, Expected]
    repeated: Collection[bytes] | None = None
    _sites: int = 0
    _rows: dict[str, list[Row]] = field(default_factory=dict)
    _files: bool = field(init=False)
    _listed: dict[str, str] = field(init=False)
    _unknown_batches: set[str] = field(init=False)
    _missing: dict[str, None] = field(init=False)
    _unexpected: list[str] = field(default_factory=list)
    _misplaced: list[Misplaced] = field(default_factory=list)
    _inside: int = 0
    _outside: list[Row] = field(default_factory=list)
    _malformed: list[Finding] = field(default_factory=list)
    _statuses: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        by_file = {batch: one.sites for batch, one in self.expected.items() if one.source == "file"}
        self._files = bool(by_file)
        self._listed = {site: batch for batch, sites in by_file.items() for site in sites}
        self._unknown_batches = {batch for batch, one in self.expected.items() if one.source == "unknown"}
        self._missing = dict.fromkeys(site for one in self.expected.values() for site in one.sites)

    def take(self, rows: Iterable[Row], findings: Iterable[Finding]) -> None:
        """The next rows and findings, in the table's order."""
        self._malformed += findings
        for row in rows:
            self._statuses[row.status] += 1
            self._batch(row)
            if self._is_first(row):
                self._sites += 1
                self._missing.pop(row.domain, None)
                self._list(row)

    def integrity(self) -> Integrity:
        """What is wrong, once all was taken in."""
        doubled = [Doubled(site, tuple(rows)) for site, rows in self._rows.items() if len(rows) > 1]
        known = {*self.ladder.letters, ""}
        return Integrity(
            sites=self._sites,
            identical=tuple(one for one in doubled if one.identical),
            conflicting=tuple(one for one in doubled if not one.identical),
            missing=tuple(self._missing),
            unexpected=tuple(self._unexpected),
            misplaced=tuple(self._misplaced),
            outside=tuple(self._outside) if self._inside else (),
            malformed=tuple(sorted(self._malformed, key=lambda finding: finding.line)),
            unknown_statuses={
                status: number for status, number in self._statuses.items() if status not in known
            },
        )

    def _is_first(self, row: Row) -> bool:
        """Whether this is its site's first row; those of sites that may be doubled are kept."""
        if self.repeated is not None and key_of(row.raw) not in self.repeated:
            return True
        rows = self._rows.setdefault(row.domain, [])
        rows.append(row)
        return len(rows) == 1

    def _batch(self, row: Row) -> None:
        if is_number(row.batch):
            self._inside += 1
        elif self._inside or len(self._outside) < MOST_OUTSIDE:
            self._outside.append(row)

    def _list(self, row: Row) -> None:
        batch = self._listed.get(row.domain)
        if batch is None:
            if self._files and row.batch not in self._unknown_batches:
                self._unexpected.append(row.domain)
        elif is_number(row.batch) and batch != row.batch:
            self._misplaced.append(Misplaced(row, batch))
