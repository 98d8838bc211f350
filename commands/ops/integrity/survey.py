"""The integrity of a registry that is too large to be held row by row: read in pieces, few rows of which are kept."""

from array import array
from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from commands.ops.batches.batches import Expected
from commands.ops.host_settings import Ladder
from commands.ops.integrity import duplicates
from commands.ops.integrity.integrity import Integrity, examine
from commands.ops.names import is_number
from commands.ops.registry.findings import Finding
from commands.ops.registry.hash_index import HashIndex
from commands.ops.registry.piecewise import in_pieces
from commands.ops.registry.registry import Registry
from commands.ops.registry.rows import Reader, Row

MOST = 20_000  # of rows and of findings that are kept


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What is wrong with a registry, and what could not be told, each a sentence.

    sites: the hash of every row's site.
    """

    found: Integrity
    problems: tuple[str, ...] = ()
    sites: "array[int]" = field(default_factory=lambda: array("q"), compare=False)


def survey(data: bytes, expected: Mapping[str, Expected], ladder: Ladder) -> Surveyed:
    """The same as `integrity.examine` finds in a registry that is parsed whole, but for the rows' waves.

    Takes a twentieth of the memory: some tens of bytes a row. Of what is wrong it keeps the first 20,000 rows.

    Args:
        data: the registry.
        expected: by batch, the sites that it should have.
        ladder: the letters that a status may be.
    """
    work = _Survey(duplicates.doubled_keys(data), expected)
    reader = Reader(per_wave=0)
    for _, _, found in in_pieces(data, reader):
        work.findings += found
        work.take(reader)
    reader.end()
    work.take(reader)
    return work.surveyed(ladder)


def held_against(
    surveyed: Surveyed, committed: Registry, listed: Container[str], archived: Container[str]
) -> Surveyed:
    """The same with what is missing of a committed registry's sites, in batches that no file lists.

    Args:
        surveyed: what is known of the registry, whose bytes need not be there any more.
        committed: a whole one.
        listed: the batches that a file lists.
        archived: sites that are not missing where they have no row.
    """
    index, sites = HashIndex(surveyed.sites), committed.sites()
    unseen = (site for site in sites if not index.rows(hash(site)) and site not in archived)
    missing = (site for site in unseen if (batch := sites[site][0].batch) and batch not in listed)
    found = list(islice(missing, MOST + 1))
    more = (
        () if len(found) <= MOST else (f"More sites are missing than can be listed: the first {MOST:,} are.",)
    )
    whole = replace(surveyed.found, missing=(*surveyed.found.missing, *found[:MOST]))
    return Surveyed(whole, (*surveyed.problems, *more))


@dataclass(slots=True)
class _Survey:
    """Takes in rows, and keeps those that may be wrong.

    listed: the batch of each site that a batch file lists; None where there is no such file. unseen: expected sites
    without a row so far. inside: a row that is in a batch, whichever.
    """

    doubled: frozenset[bytes]
    expected: Mapping[str, Expected]
    findings: list[Finding] = field(default_factory=list)
    rows: int = 0
    kept: list[Row] = field(default_factory=list)
    inside: Row | None = None
    statuses: Counter[str] = field(default_factory=Counter)
    cut: bool = False
    sites: "array[int]" = field(default_factory=lambda: array("q"))
    listed: dict[str, str] | None = field(init=False)
    unseen: set[str] = field(init=False)

    def __post_init__(self) -> None:
        files = {batch: one.sites for batch, one in self.expected.items() if one.source == "file"}
        self.listed = {site: batch for batch, sites in files.items() for site in sites} if files else None
        self.unseen = {site for one in self.expected.values() for site in one.sites}

    def take(self, reader: Reader) -> None:
        """Take in what a reader has read, and empty it."""
        self.rows += len(reader.rows)
        self.sites.extend([hash(row.domain) for row in reader.rows])
        self.statuses.update(row.status for row in reader.rows)
        self.unseen.difference_update(row.domain for row in reader.rows)
        if self.inside is None:
            self.inside = next((row for row in reader.rows if is_number(row.batch)), None)
        self.kept += (row for row in reader.rows if self._may_be_wrong(row))
        self.findings += reader.findings
        self.cut |= len(self.kept) > MOST or len(self.findings) > MOST
        del self.kept[MOST:], self.findings[MOST:], reader.rows[:], reader.findings[:]

    def surveyed(self, ladder: Ladder) -> Surveyed:
        """What all the rows come to; that one row is in a batch tells those that are in none."""
        rows = sorted({*self.kept, *([self.inside] if self.inside else [])}, key=lambda row: row.line)
        findings = sorted(self.findings, key=lambda finding: finding.line)
        found = examine(Registry((), tuple(rows), tuple(findings), ladder), self._still_expected())
        known = {*ladder.letters, ""}
        whole = replace(
            found,
            sites=self.rows - found.surplus_rows,
            unknown_statuses={
                letter: number for letter, number in self.statuses.items() if letter not in known
            },
        )
        problem = (
            f"More is wrong with the registry than can be listed: the first {MOST:,} rows and lines are."
        )
        return Surveyed(whole, (problem,) if self.cut else (), self.sites)

    def _may_be_wrong(self, row: Row) -> bool:
        if not is_number(row.batch) or (self.listed is not None and self.listed.get(row.domain) != row.batch):
            return True
        key = duplicates.key_of(row.raw) if self.doubled else b""
        return key is None or key in self.doubled

    def _still_expected(self) -> dict[str, Expected]:
        """What is missing, and the sites of the rows that are kept."""
        names = self.unseen | {row.domain for row in self.kept}
        if self.inside:
            names.add(self.inside.domain)
        return {
            batch: replace(one, sites=tuple(site for site in one.sites if site in names))
            for batch, one in self.expected.items()
        }
