"""One wave as registry and journal have it: its sites, their times, the agents that were seen on it."""

from dataclasses import dataclass
from datetime import timedelta

from commands.ops.history import ages, batch_figures, samples, transitions
from commands.ops.history.transitions import Transition
from commands.ops.house import House
from commands.ops.registry.registry import Registry
from commands.ops.registry.rows import Row
from commands.ops.registry.sites import select
from commands.ops.waves.at_work import AtWork
from commands.ops.waves.diagnosis import SiteInWork

REMEMBERED = timedelta(hours=24)  # how far back a wave's launch is looked for


@dataclass(frozen=True, slots=True)
class Wave:
    """One wave as the registry and the journal have it. status: of each of its sites."""

    house: House
    table: Registry
    batch: str
    number: int
    rows: dict[str, Row]
    status: dict[str, str]
    changes: tuple[Transition, ...]

    def at(self, *letters: str) -> list[str]:
        """Its sites with one of these letters, in the table's order."""
        return [site for site, status in self.status.items() if status in letters]

    def counts(self) -> dict[str, int]:
        """Its sites by letter, zeros too."""
        counts = dict.fromkeys(self.house.settings.ladder.letters, 0)
        for status in self.status.values():
            counts[status] = counts.get(status, 0) + 1
        return counts


def wave_of(house: House, table: Registry, batch: str, number: int) -> Wave:
    """Gather what is known of a wave that there is."""
    rows = {row.domain: row for row in select(table, batch=batch, wave=number)}
    sites = table.sites(batch)
    return Wave(
        house,
        table,
        batch,
        number,
        rows,
        {site: table.status_of(sites[site]) for site in rows},
        transitions.of_wave(house.journal.connection(), batch, number),
    )


def in_progress(wave: Wave, work: AtWork | None, overdue: float) -> tuple[SiteInWork, ...]:
    """The sites in progress, the longest first, those of unknown age last.

    overdue: the seconds after which one is overdue.
    """
    sites = wave.at(wave.house.settings.ladder.in_progress)
    since = ages.since(wave.house, wave.table, [wave.rows[site] for site in sites])
    pids = {site: pid for pid, site in work.sites.items()} if work else {}
    now = wave.house.clock.now()
    found = []
    for site in sites:
        known = since[site]
        age = max((now - known.at).total_seconds(), 0.0) if known else None
        late = age is not None and age > overdue
        found.append(SiteInWork(site, age, known.source if known else None, pids.get(site), late))
    return tuple(sorted(found, key=lambda one: -(one.age_seconds if one.age_seconds is not None else -1.0)))


def most_agents_seen(wave: Wave) -> int | None:
    """The most agents of the wave that the watch saw at once; None where it saw none."""
    start = wave.house.clock.now() - REMEMBERED
    name = batch_figures.name_of(wave.batch)
    looks = samples.since(wave.house.journal.connection(), name, start)
    return max(((look.data["waves"] or {}).get(str(wave.number), 0) for look in looks), default=0) or None
