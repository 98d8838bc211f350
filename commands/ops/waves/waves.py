"""The diagnosis of a wave: what stands where, who works on it, why it stopped, and the verdict."""

from datetime import datetime

from commands.ops import overview
from commands.ops.agents import agents
from commands.ops.agents.agents import Seen
from commands.ops.errors import NotReadable
from commands.ops.history import rates
from commands.ops.history.rates import Rates
from commands.ops.house import House
from commands.ops.machine.launches import launch_records
from commands.ops.machine.launches.launch_records import Launched, Outcome
from commands.ops.machine.logs import kernel_log
from commands.ops.machine.logs.kernel_log import OomKill
from commands.ops.registry import registry
from commands.ops.registry.registry import Registry
from commands.ops.waves import at_work, log as wave_log, meant
from commands.ops.waves.at_work import AtWork, Place
from commands.ops.waves.diagnosis import SiteInWork, WaveDiagnosis
from commands.ops.waves.log import WaveLog
from commands.ops.waves.state import REMEMBERED, Wave, in_progress, most_agents_seen, wave_of
from commands.ops.waves.verdict import WaveSeen, expected_agents, judge


def diagnose(house: House, batch: str | None, wave: str) -> WaveDiagnosis:
    """Look at one wave; of the active batch where none is named.

    Raises:
        NotReadable: there is no registry to look at.
        WrongUsage: there is no such batch or wave; the sentence names those that exist.
    """
    table = registry.read(house.settings, house.machine)
    problems = list(table.problems)
    seen = _agents(house, table, problems)
    batch = overview.which(house, table, seen, batch)
    return _diagnosis(wave_of(house, table, batch, meant.named(table, batch, wave)), seen, problems)


def _diagnosis(wave: Wave, seen: Seen | None, problems: list[str]) -> WaveDiagnosis:
    settings, ladder = wave.house.settings, wave.house.settings.ladder
    log = wave_log.read(wave.house, wave.number, wave.rows)
    work = _work(wave, seen, log)
    usual = rates.usual_seconds(wave.changes, ladder)
    overdue = settings.waves.overdue_times * usual if usual else settings.waves.usual_seconds
    in_work = in_progress(wave, work, overdue)
    launched = log.launched or most_agents_seen(wave)
    speed = rates.rates(wave.house, wave.batch, (wave.number,))
    contradicted = _contradicted(wave)
    judged = _judged(wave, work, in_work, launched, contradicted)
    verdict = judge(judged, settings.waves, settings.agents.per_wave)
    if log.problem and judged.ran:
        problems.append(log.problem)
    return WaveDiagnosis(
        batch=wave.batch,
        wave=wave.number,
        verdict=verdict,
        counts=wave.counts(),
        done=judged.done,
        to_do=judged.to_do,
        agents=work.agents if work else None,
        unplaced=work.unplaced if work else (),
        expected=expected_agents(judged, settings.agents.per_wave),
        launched=launched,
        in_progress=in_work,
        without_agent=_without_agent(work, in_work),
        contradicted=contradicted,
        lost=judged.orphans,
        rates=speed,
        slowed=_slowed(speed, judged, launched, settings.waves.slow_share),
        usual_seconds=usual or settings.waves.usual_seconds,
        usual_known=usual is not None,
        overdue_seconds=overdue,
        log=log,
        tool=_tool(wave),
        oom_kills=_oom_kills(wave.house, log) if verdict in ("crashed", "degraded") else (),
        batch_counts=wave.table.counts(wave.batch),
        batch_agents=sum(agent.batch in (None, wave.batch) for agent in seen.agents) if seen else None,
        problems=tuple(problems),
    )


def _agents(house: House, table: Registry, problems: list[str]) -> Seen | None:
    try:
        seen = agents.read(house.settings, house.machine, table.sites())
    except NotReadable as error:
        problems.append(error.sentence)
        return None
    problems.extend(seen.problems)
    return seen


def _work(wave: Wave, seen: Seen | None, log: WaveLog) -> AtWork | None:
    if seen is None:
        return None
    place = Place(wave.batch, wave.number, wave.rows, wave.table.sites())
    return at_work.at_work(wave.house.machine, seen, place, dict(log.last_site))


def _judged(
    wave: Wave,
    work: AtWork | None,
    in_work: tuple[SiteInWork, ...],
    launched: int | None,
    contradicted: tuple[str, ...],
) -> WaveSeen:
    ladder = wave.house.settings.ladder
    done = len(wave.at(ladder.implemented, ladder.finalized))
    before_design = len(wave.at(ladder.planned, ladder.designing))
    agents_known = len(work.agents) + len(work.unplaced) if work else len(in_work)
    settled = [one for one in in_work if one.site not in contradicted]
    return WaveSeen(
        done=done,
        to_do=len(wave.status) - done - before_design,
        before_design=before_design,
        in_progress=len(in_work),
        agents=len(work.agents) if work else None,
        unplaced=len(work.unplaced) if work else 0,
        launched=launched,
        overdue=sum(site.overdue for site in settled),
        orphans=max(len(settled) - agents_known, 0),
        ran=bool(in_work or done or launched),
        contradicted=len(contradicted),
    )


def _contradicted(wave: Wave) -> tuple[str, ...]:
    """Its sites that count as unfinished only because the lowest of their letters counts."""
    ladder = wave.house.settings.ladder
    settled = (ladder.implemented, ladder.finalized, ladder.planned, ladder.designing)
    return tuple(
        site for site in wave.table.disagreeing if wave.status.get(site, ladder.planned) not in settled
    )


def _without_agent(work: AtWork | None, in_work: tuple[SiteInWork, ...]) -> tuple[str, ...] | None:
    """The sites in progress that nobody works on; None unless it is known of every agent where it works."""
    if work is None or work.unplaced or any(agent.pid not in work.sites for agent in work.agents):
        return None
    return tuple(site.site for site in in_work if site.agent is None)


def _tool(wave: Wave) -> tuple[Launched, Outcome] | None:
    about = {"batch": wave.batch, "wave": str(wave.number)}
    launched = launch_records.latest(wave.house.settings.state, about)
    return (launched, launch_records.outcome(launched)) if launched else None


def _slowed(speed: Rates, seen: WaveSeen, launched: int | None, share: float) -> bool:
    """Whether it is slower than usual; a wave that is nearly done, with few sites left to work on, is not."""
    if speed.now is None or not speed.usual or not launched:
        return False
    return speed.now < share * speed.usual and 2 * seen.to_do >= launched


def _oom_kills(house: House, log: WaveLog) -> tuple[OomKill, ...] | None:
    """The kernel's kills since the wave was launched; None where its log may not be read.

    A kill at the limit of a control group counts only where the wave's log names the process: it is no sign of how
    much memory the machine has left, and the group may be anybody's.
    """
    now = house.clock.now()
    start: datetime = log.launched_at or now - REMEMBERED
    try:
        kills = kernel_log.oom_kills(now)
    except kernel_log.Unreadable:
        return None
    ours = {pid for pid, _ in (*log.ended, *log.last_site)}
    recent = (kill for kill in kills if kill.at is None or kill.at >= start)
    return tuple(kill for kill in recent if not kill.limited or kill.pid in ours)
