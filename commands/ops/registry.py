"""The registry: one Markdown table, a row a site, read without losing a byte."""

from collections.abc import Iterator, Sequence
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


def parse(data: bytes, ladder: Ladder, per_wave: int) -> Registry:
    """Read bytes as a registry; any bytes will do, what is wrong with them is in `findings`.

    Args:
        data: the file's content; `parse(data, …).data() == data`.
        ladder: the letters that a status may be.
        per_wave: how many sites make a wave where the table has no `Wave` column.
    """
    raws = tuple(lines(data))
    reader = Reader(per_wave)
    bad = take_in(reader, data, raws)
    reader.end()
    findings = sorted([*bad, *reader.findings], key=lambda finding: finding.line)
    return Registry(raws, tuple(reader.rows), tuple(findings), ladder)


def take_in(
    reader: Reader, data: bytes, raws: Sequence[bytes], before: int = 0, below: bytes = b""
) -> list[Finding]:
    """Let a reader read the next lines; what is no text in them is returned.

    Args:
        reader: grows.
        data: the lines as one.
        raws: the lines, each with its end.
        before: how many lines came before.
        below: the line that comes next, if any does.
    """
    try:
        # One decoding of the whole is much faster than one a line.
        texts = data.decode("utf-8").split("\n")
        bad = list(spoiled(raws, before)) if b"\0" in data else []
    except UnicodeDecodeError:
        texts = [raw.removesuffix(b"\n").decode("utf-8", "backslashreplace") for raw in raws]
        bad = list(spoiled(raws, before))
    reader.read(texts[: len(raws)], raws, before, (below.decode("utf-8", "backslashreplace"),))
    return bad


def read(settings: OpsSettings, machine: Machine, clock: Clock = stable.SYSTEM_CLOCK) -> Registry:
    """The host's registry as it stands now.

    Raises:
        NotReadable: there is none, or it cannot be read whole.
    """
    return parse(content(settings, machine, clock), settings.ladder, settings.agents.per_wave)


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


def lines(data: bytes) -> Iterator[bytes]:
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
