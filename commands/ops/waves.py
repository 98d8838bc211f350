"""The diagnosis of a wave: what stands where, who works on it, why it stopped, and the verdict."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from commands.ops import (
    agents,
    ages,
    at_work,
    overview,
    rates,
    registry,
    samples,
    transitions,
    wave_log,
    wave_names,
)
from commands.ops.agents import Seen
from commands.ops.at_work import AtWork, Place
from commands.ops.errors import NotReadable
from commands.ops.house import House
from commands.ops.machine import kernel_log
from commands.ops.machine.kernel_log import OomKill
from commands.ops.rates import Rates
from commands.ops.registry import Registry
from commands.ops.rows import Row
from commands.ops.sites import select
from commands.ops.transitions import Transition
from commands.ops.watch import batch_figures
from commands.ops.wave_diagnosis import SiteInWork, WaveDiagnosis
from commands.ops.wave_log import WaveLog
from commands.ops.wave_verdict import WaveSeen, expected_agents, judge

REMEMBERED = timedelta(hours=24)  # how far back a wave's launch is looked for


@dataclass(frozen=True, slots=True)
class _Wave:
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


@dataclass(slots=True)
class _Problems:
    """What could not be read."""

    sentences: list[str] = field(default_factory=list)


def diagnose(house: House, batch: str | None, wave: str) -> WaveDiagnosis:
    """Look at one wave; of the active batch where none is named.

    Raises:
        NotReadable: there is no registry to look at.
        WrongUsage: there is no such batch or wave; the sentence names those that exist.
    """
    table = registry.read(house.settings, house.machine)
    problems = _Problems(list(table.problems))
    seen = _agents(house, table, problems)
    batch = overview.which(house, table, seen, batch)
    return _diagnosis(_wave(house, table, batch, wave_names.named(table, batch, wave)), seen, problems)


def _wave(house: House, table: Registry, batch: str, number: int) -> _Wave:
    rows = {row.domain: row for row in select(table, batch=batch, wave=number)}
    sites = table.sites(batch)
    return _Wave(
        house,
        table,
        batch,
        number,
        rows,
        {site: table.status_of(sites[site]) for site in rows},
        transitions.of_wave(house.journal.connection(), batch, number),
    )


def _diagnosis(wave: _Wave, seen: Seen | None, problems: _Problems) -> WaveDiagnosis:
    settings, ladder = wave.house.settings, wave.house.settings.ladder
    log = wave_log.read(wave.house, wave.number, wave.rows)
    work = _work(wave, seen, log)
    usual = rates.usual_seconds(wave.changes, ladder)
    overdue = settings.waves.overdue_times * usual if usual else settings.waves.usual_seconds
    in_progress = _in_progress(wave, work, overdue)
    launched = log.launched or _most_agents_seen(wave)
    speed = rates.rates(wave.house, wave.batch, (wave.number,))
    judged = _judged(wave, work, in_progress, launched)
    verdict = judge(judged, settings.waves, settings.agents.per_wave)
    if log.problem and judged.ran:
        problems.sentences.append(log.problem)
    return WaveDiagnosis(
        batch=wave.batch,
        wave=wave.number,
        verdict=verdict,
        counts=_counts(wave),
        done=judged.done,
        to_do=judged.to_do,
        agents=work.agents if work else None,
        unplaced=work.unplaced if work else (),
        expected=expected_agents(judged, settings.agents.per_wave),
        launched=launched,
        in_progress=in_progress,
        without_agent=_without_agent(work, in_progress),
        lost=judged.orphans,
        rates=speed,
        slowed=_slowed(speed, judged, launched, settings.waves.slow_share),
        usual_seconds=usual or settings.waves.usual_seconds,
        usual_known=usual is not None,
        overdue_seconds=overdue,
        log=log,
        oom_kills=_oom_kills(wave.house, log) if verdict in ("crashed", "degraded") else (),
        batch_counts=wave.table.counts(wave.batch),
        batch_agents=sum(agent.batch in (None, wave.batch) for agent in seen.agents) if seen else None,
        problems=tuple(problems.sentences),
    )


def _agents(house: House, table: Registry, problems: _Problems) -> Seen | None:
    try:
        seen = agents.read(house.settings, house.machine, table.sites())
    except NotReadable as error:
        problems.sentences.append(error.sentence)
        return None
    problems.sentences.extend(seen.problems)
    return seen


def _work(wave: _Wave, seen: Seen | None, log: WaveLog) -> AtWork | None:
    if seen is None:
        return None
    elsewhere = wave.table.sites().keys() - wave.rows.keys()
    place = Place(wave.batch, wave.number, wave.rows, elsewhere)
    return at_work.at_work(wave.house.machine, seen, place, dict(log.last_site))


def _in_progress(wave: _Wave, work: AtWork | None, overdue: float) -> tuple[SiteInWork, ...]:
    """The sites in progress, the longest first, those of unknown age last."""
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


def _judged(
    wave: _Wave, work: AtWork | None, in_progress: tuple[SiteInWork, ...], launched: int | None
) -> WaveSeen:
    ladder = wave.house.settings.ladder
    done = len(wave.at(ladder.implemented, ladder.finalized))
    before_design = len(wave.at(ladder.planned, ladder.designing))
    agents_known = len(work.agents) + len(work.unplaced) if work else len(in_progress)
    return WaveSeen(
        done=done,
        to_do=len(wave.status) - done - before_design,
        before_design=before_design,
        in_progress=len(in_progress),
        agents=len(work.agents) if work else None,
        unplaced=len(work.unplaced) if work else 0,
        launched=launched,
        overdue=sum(site.overdue for site in in_progress),
        orphans=max(len(in_progress) - agents_known, 0),
        ran=bool(in_progress or done or launched),
    )


def _without_agent(work: AtWork | None, in_progress: tuple[SiteInWork, ...]) -> tuple[str, ...] | None:
    """The sites in progress that nobody works on; None unless it is known of every agent where it works."""
    if work is None or work.unplaced or any(agent.pid not in work.sites for agent in work.agents):
        return None
    return tuple(site.site for site in in_progress if site.agent is None)


def _counts(wave: _Wave) -> dict[str, int]:
    counts = dict.fromkeys(wave.house.settings.ladder.letters, 0)
    for status in wave.status.values():
        counts[status] = counts.get(status, 0) + 1
    return counts


def _most_agents_seen(wave: _Wave) -> int | None:
    """The most agents of the wave that the watch saw at once; None where it saw none."""
    start = wave.house.clock.now() - REMEMBERED
    name = batch_figures.name_of(wave.batch)
    looks = samples.since(wave.house.journal.connection(), name, start)
    return max(((look.data["waves"] or {}).get(str(wave.number), 0) for look in looks), default=0) or None


def _slowed(speed: Rates, seen: WaveSeen, launched: int | None, share: float) -> bool:
    """Whether it is slower than usual; a wave that is nearly done, with few sites left to work on, is not."""
    if speed.now is None or not speed.usual or not launched:
        return False
    return speed.now < share * speed.usual and 2 * seen.to_do >= launched


def _oom_kills(house: House, log: WaveLog) -> tuple[OomKill, ...] | None:
    """The kernel's kills since the wave was launched; None where its log may not be read."""
    now = house.clock.now()
    start: datetime = log.launched_at or now - REMEMBERED
    try:
        kills = kernel_log.oom_kills(now)
    except kernel_log.Unreadable:
        return None
    return tuple(kill for kill in kills if kill.at is None or kill.at >= start)
