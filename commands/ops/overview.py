"""One look at a batch: its sites, its agents, the disk, the load; and what could not be read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from commands.ops import hold
from commands.ops.agents import agents
from commands.ops.agents.agents import Agent, Seen
from commands.ops.batches import batches
from commands.ops.batches.batches import Expected
from commands.ops.disk import disk
from commands.ops.disk.disk import Disk
from commands.ops.errors import NotReadable
from commands.ops.history import rates
from commands.ops.history.rates import Rates
from commands.ops.hold import Hold
from commands.ops.house import House
from commands.ops.machine import load
from commands.ops.machine.host import Machine
from commands.ops.machine.load import Load
from commands.ops.registry import registry
from commands.ops.registry.registry import Registry
from commands.ops.registry.sites import select

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Overview:
    """What one look saw. `None` is what could not be read; `problems` says why.

    counts: sites of the batch by letter, zeros too. missing: expected, and neither in the registry nor archived. unexpected: the
    other way round. doubled: sites with more than one row. waves: those at work. rates: of these, of the batch where
    there are none. agents: all that run on this host; `own_agents` are those that are not known to work on another
    batch.
    """

    batch: str
    counts: Mapping[str, int]
    expected: Expected | None
    missing: tuple[str, ...]
    unexpected: tuple[str, ...]
    doubled: tuple[str, ...]
    seen: Seen | None
    waves: tuple[int, ...]
    rates: Rates
    disk: Disk
    load: Load | None
    hold: Hold | None
    problems: tuple[str, ...]

    @property
    def own_agents(self) -> tuple[Agent, ...]:
        """The agents of this batch, and those whose command line tells no batch."""
        found = self.seen.agents if self.seen else ()
        return tuple(agent for agent in found if agent.batch in (None, self.batch))

    @property
    def total(self) -> int:
        """The batch's sites in the registry, each once."""
        return sum(self.counts.values())


@dataclass(slots=True)
class _Tries:
    """Reads that may fail without spoiling the look; the reasons are kept."""

    problems: list[str] = field(default_factory=list)

    def read(self, reading: Callable[[], T]) -> T | None:
        try:
            return reading()
        except NotReadable as error:
            self.problems.append(error.sentence)
            return None


def look(house: House, wanted: str | None) -> Overview:
    """Look at one batch; at the active one where `wanted` is none.

    Raises:
        NotReadable: there is no registry to look at.
        WrongUsage: there is no such batch, or none is active.
    """
    settings, machine = house.settings, house.machine
    table = registry.read(settings, machine)
    tries = _Tries(list(table.problems))
    seen = tries.read(lambda: agents.read(settings, machine, table.sites()))
    batch = which(house, table, seen, wanted)
    expected = tries.read(lambda: batches.expected(settings, machine, batch))
    free = disk.read(settings, machine)
    busy = tries.read(lambda: _load(machine))
    held = tries.read(lambda: hold.read(settings, machine))
    sites = table.sites(batch)
    waves = _waves_at_work(table, batch)
    listed = expected.sites if expected else ()
    archived = expected.archived if expected else frozenset()
    return Overview(
        batch=batch,
        counts=table.counts(batch),
        expected=expected,
        missing=tuple(site for site in listed if site not in sites and site not in archived),
        unexpected=tuple(set(sites).difference(listed)) if expected and expected.source == "file" else (),
        doubled=tuple(table.several(batch)),
        seen=seen,
        waves=tuple(sorted(waves)),
        rates=rates.rates(house, batch, waves),
        disk=free,
        load=busy,
        hold=held,
        problems=(*tries.problems, *(seen.problems if seen else ()), *free.problems),
    )


def named(house: House, wanted: str) -> str:
    """The batch a caller typed.

    Raises:
        NotReadable: there is no registry to look it up in.
        WrongUsage: there is no such batch.
    """
    return which(house, registry.read(house.settings, house.machine), None, wanted)


def which(house: House, table: Registry, seen: Seen | None, wanted: str | None) -> str:
    """The batch that is meant.

    Raises:
        WrongUsage: there is no such batch, or none is named and not exactly one is active.
    """
    known = batches.existing(house.settings, house.machine, table)
    if wanted is not None:
        return batches.named(wanted, known)
    return batches.active(table, known, [agent.batch for agent in (seen.agents if seen else ())])


def _waves_at_work(table: Registry, batch: str) -> set[int]:
    rows = select(table, batch=batch, status=table.ladder.in_progress)
    return {row.wave for row in rows if row.wave is not None}


def _load(machine: Machine) -> Load:
    try:
        return load.load(machine.proc)
    except OSError as error:
        raise NotReadable(f"The load cannot be read: {error.strerror}.") from None
