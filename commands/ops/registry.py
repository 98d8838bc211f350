"""The registry: one Markdown table, a row a site, read without losing a byte."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from commands.ops.errors import NotReadable
from commands.ops.findings import Finding, sentences
from commands.ops.host_settings import Ladder
from commands.ops.machine import files, stable
from commands.ops.machine.clock import Clock
from commands.ops.machine.host import Machine
from commands.ops.rows import Reader, Row, spoiled
from commands.ops.settings import OpsSettings

NAMED_SITES = 10
BLOCK = 128 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines of a registry: the rows among them, and what is malformed."""

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Registry:
    """A registry as it was read.

    lines: every line's bytes, its end included; what is not a row is kept there as well.
    rows: in the table's order, doubled ones included. findings: what is malformed.
    """

    lines: tuple[bytes, ...]
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    ladder: Ladder

    def data(self) -> bytes:
        """The very bytes that were parsed."""
        return b"".join(self.lines)

    def sites(self, batch: str | None = None) -> dict[str, tuple[Row, ...]]:
        """Each site once, in the table's order, with its rows; of one batch, or of all."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            if batch is None or row.batch == batch:
                found.setdefault(row.domain, []).append(row)
        return {domain: tuple(rows) for domain, rows in found.items()}

    def counts(self, batch: str | None = None) -> dict[str, int]:
        """Sites by status: every letter of the ladder, zeros too; an unknown letter under itself.

        A doubled site counts once. Where its rows disagree it counts at the lowest of their letters (an unknown
        one is lower than all): nothing is claimed that may not be so. `problems` names it.
        """
        counts = dict.fromkeys(self.ladder.letters, 0)
        for rows in self.sites(batch).values():
            status = self.status_of(rows)
            counts[status] = counts.get(status, 0) + 1
        return counts

    def status_of(self, rows: tuple[Row, ...]) -> str:
        """The status of one site from its rows: the lowest where they disagree."""
        return rows[0].status if len(rows) == 1 else self._lowest(rows)

    @property
    def batches(self) -> tuple[str, ...]:
        """The batches that rows name, sorted."""
        return tuple(sorted({row.batch for row in self.rows if row.batch}))

    @property
    def malformed_lines(self) -> tuple[int, ...]:
        """The numbers of the lines with a finding, from 1, ascending."""
        return tuple(sorted({finding.line for finding in self.findings}))

    @property
    def disagreeing(self) -> tuple[str, ...]:
        """The sites with several rows of different status or batch, in the table's order."""
        return tuple(
            domain
            for domain, rows in self.sites().items()
            if len(rows) > 1 and len({(row.status, row.batch) for row in rows}) > 1
        )

    @property
    def problems(self) -> tuple[str, ...]:
        """A sentence for each kind of thing that could not be read as it stands."""
        return (*sentences(self.findings), *_disagreement(self.disagreeing))

    def _lowest(self, rows: tuple[Row, ...]) -> str:
        letters = self.ladder.letters
        statuses = (row.status for row in rows)
        return min(statuses, key=lambda status: letters.index(status) if status in letters else -1)


def parse(data: bytes, ladder: Ladder, per_wave: int | None) -> Registry:
    """Read bytes as a registry; any bytes will do, what is wrong with them is in `findings`.

    Args:
        data: the file's content; `parse(data, …).data() == data`.
        ladder: the letters that a status may be.
        per_wave: how many sites make a wave where the table has no `Wave` column; None: nobody wants to know.
    """
    reader = Reader(per_wave)
    raws = _take_in(reader, data, 1)
    reader.finish()
    return Registry(raws, tuple(reader.rows), _in_order(reader.findings), ladder)


def in_blocks(data: bytes) -> Iterator[Block]:
    """Read bytes as a registry, a block of lines at a time, so that no more of it is in memory than a block.

    Waves are only those that a `Wave` column tells.
    """
    reader, start, first = Reader(None), 0, 1
    while start < len(data):
        end = data.find(b"\n", start + BLOCK) + 1 or len(data)
        below = data[end : data.find(b"\n", end)]
        first += len(_take_in(reader, data[start:end], first, below))
        yield Block(tuple(reader.rows), _in_order(reader.findings))
        reader.rows.clear()
        reader.findings.clear()
        start = end
    reader.finish()
    yield Block((), tuple(reader.findings))


def _take_in(reader: Reader, data: bytes, first: int, below: bytes = b"") -> tuple[bytes, ...]:
    """Read whole lines, from number `first` on, above a line that is not read yet; their bytes."""
    raws = tuple(_lines(data))
    try:
        # One decoding of the whole is much faster than one a line.
        texts = data.decode("utf-8").split("\n")
        bad = spoiled(raws, first) if b"\0" in data else ()
    except UnicodeDecodeError:
        texts = [raw.removesuffix(b"\n").decode("utf-8", "backslashreplace") for raw in raws]
        bad = spoiled(raws, first)
    reader.findings.extend(bad)
    reader.read([*texts[: len(raws)], below.decode("utf-8", "backslashreplace")], raws, first)
    return raws


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.line))


def read(settings: OpsSettings, machine: Machine, clock: Clock = stable.SYSTEM_CLOCK) -> Registry:
    """The host's registry as it stands now.

    Raises:
        NotReadable: there is none, or it cannot be read whole.
    """
    return parse(read_bytes(settings, machine, clock), settings.ladder, settings.agents.per_wave)


def read_bytes(settings: OpsSettings, machine: Machine, clock: Clock = stable.SYSTEM_CLOCK) -> bytes:
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


def _lines(data: bytes) -> Iterator[bytes]:
    """Lines as `sed -n 12p` counts them: only a line feed ends one."""
    *whole, rest = data.split(b"\n")
    yield from [line + b"\n" for line in whole]
    if rest:
        yield rest


def _disagreement(domains: tuple[str, ...]) -> tuple[str, ...]:
    if not domains:
        return ()
    more = f" and {len(domains) - NAMED_SITES} more" if len(domains) > NAMED_SITES else ""
    named = ", ".join(domains[:NAMED_SITES])
    return (f"The registry has rows that contradict each other: {named}{more}.",)
