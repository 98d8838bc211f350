"""The registry: one Markdown table, a row a site, read without losing a byte."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commands.ops.errors import NotReadable
from commands.ops.host_settings import Ladder
from commands.ops.machine.clock import Clock
from commands.ops.machine.files import files, stable
from commands.ops.machine.host import Machine
from commands.ops.registry.findings import Finding, sentences
from commands.ops.registry.line_list import LARGE, LineList, cut
from commands.ops.registry.packed_rows import MOST, PackedRows
from commands.ops.registry.packed_sites import PackedSites
from commands.ops.registry.rows import Header, Reader, Row, take_in
from commands.ops.settings import OpsSettings

NAMED_SITES = 10

_MORE = f"Of each kind of damage only the first {MOST:,} lines are listed."


@dataclass(frozen=True, slots=True)
class Registry:
    """A registry as it was read.

    lines: every line's bytes, its end included; what is not a row is kept there as well.
    rows: in the table's order, doubled ones included; a large registry's are made when they are asked for, each time
    anew. findings: what is malformed; cut: whether there is more. headers: by their lines, ascending.
    """

    lines: Sequence[bytes]
    rows: Sequence[Row]
    findings: tuple[Finding, ...]
    ladder: Ladder
    headers: tuple[tuple[int, Header], ...] = ()
    cut: bool = False

    def data(self) -> bytes:
        """The very bytes that were parsed."""
        return self.lines.data if isinstance(self.lines, LineList) else b"".join(self.lines)

    def header_above(self, line: int) -> Header | None:
        """The nearest header above a line."""
        above = bisect_left(self.headers, line, key=lambda pair: pair[0])
        return self.headers[above - 1][1] if above else None

    def sites(self, batch: str | None = None) -> Mapping[str, tuple[Row, ...]]:
        """Each site once, in the table's order, with its rows; of one batch, or of all."""
        if isinstance(self.rows, PackedRows):
            return PackedSites(self.rows, batch)
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            if batch is None or row.batch == batch:
                found.setdefault(row.domain, []).append(row)
        return {domain: tuple(rows) for domain, rows in found.items()}

    def several(self, batch: str | None = None) -> dict[str, tuple[Row, ...]]:
        """The sites that have several rows, with these."""
        sites = self.sites(batch)
        found = sites.crowded() if isinstance(sites, PackedSites) else sites.values()
        return {rows[0].domain: rows for rows in found if len(rows) > 1}

    def where(
        self, *, batch: str | None = None, status: str | None = None, wave: int | None = None
    ) -> Sequence[Row]:
        """The rows that fit all that is named, in the table's order; a doubled site has several."""
        if isinstance(self.rows, PackedRows):
            return self.rows.where(batch, status, wave)
        return tuple(
            row
            for row in self.rows
            if (batch is None or row.batch == batch)
            and (status is None or row.status == status)
            and (wave is None or row.wave == wave)
        )

    def combinations(self) -> set[tuple[str, int | None, str]]:
        """Every batch, wave and status that stand together in a row."""
        if isinstance(self.rows, PackedRows):
            return self.rows.combinations()
        return {(row.batch, row.wave, row.status) for row in self.rows}

    def statuses(self) -> Counter[str]:
        """How many rows have each status."""
        if isinstance(self.rows, PackedRows):
            return self.rows.statuses()
        return Counter(row.status for row in self.rows)

    def counts(self, batch: str | None = None) -> dict[str, int]:
        """Sites by status: every letter of the ladder, zeros too; an unknown letter under itself.

        A doubled site counts once. Where its rows disagree it counts at the lowest of their letters (an unknown
        one is lower than all): nothing is claimed that may not be so. `problems` names it.
        """
        counts = Counter(dict.fromkeys(self.ladder.letters, 0))
        sites = self.sites(batch)
        if isinstance(sites, PackedSites):
            counts.update(sites.singles())
        counts.update(
            map(self.status_of, sites.crowded() if isinstance(sites, PackedSites) else sites.values())
        )
        return dict(counts)

    def status_of(self, rows: tuple[Row, ...]) -> str:
        """The status of one site from its rows: the lowest where they disagree."""
        return rows[0].status if len(rows) == 1 else self._lowest(rows)

    @property
    def batches(self) -> tuple[str, ...]:
        """The batches that rows name, sorted."""
        return tuple(sorted({batch for batch, _, _ in self.combinations() if batch}))

    @property
    def malformed_lines(self) -> tuple[int, ...]:
        """The numbers of the lines with a finding, from 1, ascending."""
        return tuple(sorted({finding.line for finding in self.findings}))

    @property
    def disagreeing(self) -> tuple[str, ...]:
        """The sites with several rows of different status or batch, in the table's order."""
        return tuple(
            domain
            for domain, rows in self.several().items()
            if len({(row.status, row.batch) for row in rows}) > 1
        )

    @property
    def problems(self) -> tuple[str, ...]:
        """A sentence for each kind of thing that could not be read as it stands."""
        return (*sentences(self.findings), *((_MORE,) if self.cut else ()), *_disagreement(self.disagreeing))

    def _lowest(self, rows: tuple[Row, ...]) -> str:
        letters = self.ladder.letters
        statuses = (row.status for row in rows)
        return min(statuses, key=lambda status: letters.index(status) if status in letters else -1)


def parse(data: bytes, ladder: Ladder, per_wave: int, large: int = LARGE) -> Registry:
    """Read bytes as a registry; any bytes will do, what is wrong with them is in `findings`.

    Args:
        data: the file's content; `parse(data, …).data() == data`.
        ladder: the letters that a status may be.
        per_wave: how many sites make a wave where the table has no `Wave` column.
        large: with more bytes than this the rows are not all made at once.
    """
    if len(data) > large:
        rows = PackedRows(data, per_wave)
        return Registry(LineList(data), rows, tuple(rows.findings), ladder, rows.headers, rows.cut)
    raws = cut(data)
    reader = Reader(per_wave)
    bad = take_in(reader, data, raws)
    reader.end()
    findings = sorted([*bad, *reader.findings], key=lambda finding: finding.line)
    return Registry(tuple(raws), tuple(reader.rows), tuple(findings), ladder, tuple(reader.headers))


def read(settings: OpsSettings, machine: Machine, clock: Clock = stable.SYSTEM_CLOCK) -> Registry:
    """The host's registry as it stands now.

    Raises:
        NotReadable: there is none, or it cannot be read whole.
    """
    return parsed(settings, content(settings, machine, clock))


def parsed(settings: OpsSettings, data: bytes) -> Registry:
    """These bytes as a registry of the host's."""
    limits = settings.limits
    return parse(data, settings.ladder, settings.agents.per_wave, limits.registry_here_bytes)


def content(settings: OpsSettings, machine: Machine, clock: Clock = stable.SYSTEM_CLOCK) -> bytes:
    """The bytes of the host's registry as it stands now.

    Raises:
        NotReadable: there is none, or it cannot be read whole.
    """
    path = machine.root / settings.tree.registry
    lock = machine.root / settings.tree.registry_lock
    limits = settings.limits
    try:
        return stable.read_stable(
            path, limits.registry_bytes, limits.registry_retries, lock=lock, clock=clock
        )
    except files.Missing:
        raise NotReadable(f"There is no registry at {path}: restore it, or set tree.registry.") from None
    except files.Unreadable as error:
        raise NotReadable(f"The registry cannot be read: {error.sentence}") from None


def _disagreement(domains: tuple[str, ...]) -> tuple[str, ...]:
    if not domains:
        return ()
    more = f" and {len(domains) - NAMED_SITES} more" if len(domains) > NAMED_SITES else ""
    named = ", ".join(domains[:NAMED_SITES])
    return (f"The registry has rows that contradict each other: {named}{more}.",)
