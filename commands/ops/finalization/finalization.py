"""How a batch stands to its finalization: its distribution against the set of sites that it should have."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from commands.ops.agents import agents
from commands.ops.agents.agents import Agent, Seen
from commands.ops.batches import batches
from commands.ops.batches.batches import UNKNOWN, Expected
from commands.ops.errors import NotReadable
from commands.ops.finalization import traces as finish_traces
from commands.ops.finalization.traces import Traces
from commands.ops.host_settings import Ladder
from commands.ops.house import House
from commands.ops.integrity import integrity
from commands.ops.integrity.integrity import Doubled, Integrity
from commands.ops.registry import registry
from commands.ops.registry.findings import Finding
from commands.ops.registry.registry import Registry
from commands.ops.registry.rows import Row

Verdict = Literal["clean", "partial", "not_ready", "lost", "corrupted"]
Recommended = Literal[
    "none", "finalize", "retry", "investigate", "wait", "redeploy", "design", "fix", "restore"
]

INVESTIGATE_FROM = 50  # sites that are left, of a finalization that broke off


@dataclass(frozen=True, slots=True)
class Finalization:
    """One batch, before its finalization, in the middle of it or after it.

    counts: its sites by letter, zeros too. rows: of its sites, in the table's order. expected: what it should have;
    lost: those of them in no row; elsewhere: those whose row names another batch. unexpected: its sites that its file
    does not list. doubled: its sites with several rows. malformed: what is wrong with the table, in rows of this batch
    or of none. agents: agents and launchers that are, or may be, of this batch; None where they cannot be read.
    traces: what earlier finalizations left behind, and what may keep one from going on. problems: what could not be read.
    """

    batch: str
    ladder: Ladder
    counts: Mapping[str, int]
    rows: tuple[Row, ...]
    expected: Expected
    lost: tuple[str, ...]
    elsewhere: tuple[Row, ...]
    unexpected: tuple[str, ...]
    doubled: tuple[Doubled, ...]
    malformed: tuple[Finding, ...]
    agents: tuple[Agent, ...] | None
    traces: Traces
    problems: tuple[str, ...]

    @property
    def implemented(self) -> int:
        """Sites that wait to be finalized."""
        return self.counts[self.ladder.implemented]

    @property
    def finalized(self) -> int:
        """Sites that are."""
        return self.counts[self.ladder.finalized]

    @property
    def total(self) -> int:
        """The batch's sites in the registry, each once."""
        return sum(self.counts.values())

    @property
    def open(self) -> int:
        """Sites that are neither implemented nor finalized, those at an unknown letter too."""
        return self.total - self.implemented - self.finalized

    @property
    def busy(self) -> bool:
        """Whether something is, or may be, at work on the batch: an agent, a launcher, the tool itself."""
        return bool(self.agents or self.traces.running)

    @property
    def verdict(self) -> Verdict:
        """What is wrong with the table comes first: nothing that is counted in it can be relied on."""
        if self.malformed or self.elsewhere:
            return "corrupted"
        if self.lost:
            return "lost"
        if self.doubled:
            return "corrupted"
        if self.open or not self.total:
            return "not_ready"
        return "partial" if self.implemented and self.finalized else "clean"

    @property
    def recommended(self) -> Recommended:
        """What to do next, in the runbook's order."""
        if self.verdict in ("lost", "corrupted"):
            return (
                "fix" if self.doubled and not (self.malformed or self.elsewhere or self.lost) else "restore"
            )
        if self.busy:
            return "wait"
        if self.verdict == "not_ready":
            ready = self.counts[self.ladder.designed] + self.counts[self.ladder.in_progress]
            return "redeploy" if ready else "design"
        if not self.implemented:
            return "none"
        if self.verdict == "clean":
            return "finalize"
        return "retry" if self.implemented < INVESTIGATE_FROM else "investigate"


def look(house: House, batch: str) -> Finalization:
    """Look at a batch that there is.

    Raises:
        NotReadable: there is no registry to look at.
    """
    return examine(house, batch, registry.read(house.settings, house.machine))


def examine(house: House, batch: str, table: Registry) -> Finalization:
    """The same with any version of the registry in its place."""
    problems: list[str] = []
    expected = _expected(house, batch, problems)
    damage = integrity.examine(table, {batch: expected})
    own = table.sites(batch)
    working = _at_work(house, table, problems)
    traces = finish_traces.look(house, batch)
    listed = set(expected.sites)
    return Finalization(
        batch=batch,
        ladder=table.ladder,
        counts=table.counts(batch),
        rows=tuple(rows[0] for rows in own.values()),
        expected=expected,
        lost=damage.missing,
        elsewhere=tuple(row for row in table.rows if row.domain in listed and row.domain not in own),
        unexpected=tuple(site for site in own if site not in listed) if expected.source == "file" else (),
        doubled=tuple(one for one in damage.doubled if one.domain in own),
        malformed=_malformed(damage, table, batch),
        agents=None if working is None else _of_batch(working, table, batch),
        traces=traces,
        problems=(*problems, *(working.problems if working else ()), *traces.problems),
    )


def _expected(house: House, batch: str, problems: list[str]) -> Expected:
    try:
        found = batches.expected(house.settings, house.machine, batch)
    except NotReadable as error:
        problems.append(error.sentence)
        return UNKNOWN
    if found.source == "unknown":
        problems.append(
            f"Which sites batch {batch} should have is not known: it has no file, and no whole registry was committed."
        )
    return found


def _malformed(damage: Integrity, table: Registry, batch: str) -> tuple[Finding, ...]:
    """Without what stands in rows of other batches: their finalization is another matter."""
    lines = {one.line for one in damage.malformed}
    others = (
        {row.line for row in table.rows if row.batch and row.batch != batch and row.line in lines}
        if lines
        else ()
    )
    beyond = damage.beyond_mending
    return tuple(one for one in damage.malformed if one in beyond or one.line not in others)


def _at_work(house: House, table: Registry, problems: list[str]) -> Seen | None:
    try:
        return agents.read(house.settings, house.machine, table.sites())
    except NotReadable as error:
        problems.append(error.sentence)
        return None


def _of_batch(seen: Seen, table: Registry, batch: str) -> tuple[Agent, ...]:
    """Those that tell this batch, and those that tell none, unless they tell a site of another one."""
    own = table.sites(batch)
    return tuple(
        one
        for one in (*seen.launchers, *seen.agents)
        if one.batch == batch or (one.batch is None and (one.site is None or one.site in own))
    )
