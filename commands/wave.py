"""`batch wave N`: crashed, degraded, stuck, slow, finished or not started; why, and what helps."""

from datetime import datetime

import click

from commands.evidence import wave as wave_evidence
from commands.line import Asked, batch_option, line
from commands.ops.errors import WrongUsage
from commands.ops.history.ages import moment
from commands.ops.incidents import mutes
from commands.ops.incidents.mutes import Mute
from commands.ops.waves import changes, waves
from commands.ops.waves.diagnosis import WaveDiagnosis
from commands.ops.waves.meant import subject_of
from commands.reply import Proposal, Reply, outcome_of
from commands.wording import wave as wave_words

WAIT, MONITOR = "15m", "30m"


@line(
    "batch wave",
    summary="How a wave is: its verdict, why, its sites with their time in progress, and what helps.",
    examples=("batch wave 5", "batch wave 5 --batch 001"),
)
@click.argument("number", metavar="N")
@batch_option
@click.option("--since", metavar="TIME", help="Also say what changed since, 2026-11-22T03:12Z.")
def wave(asked: Asked, number: str, batch: str | None, since: str | None) -> Reply:
    """The diagnosis of one wave."""
    start = _moment(since) if since is not None else None
    found = waves.diagnose(asked.house, batch, number)
    changed = changes.since(asked.house, found.batch, found.wave, start) if start else None
    subject = subject_of(found.batch, found.wave)
    accepted = mutes.lasting(asked.house.journal.connection(), subject)
    severity = wave_words.severity(found)
    return Reply(
        outcome=outcome_of(severity),
        headline=wave_words.headline(found),
        severity=severity,
        facts=_facts(found, accepted),
        parts=wave_evidence.parts(found, asked.house.settings.ladder, accepted, changed),
        proposals=_proposals(found),
        problems=found.problems,
        subject=subject,
    )


def _moment(text: str) -> datetime:
    at = moment(text)
    if at is None:
        raise WrongUsage("A time is written like 2026-11-22T03:12Z.")
    return at


def _facts(found: WaveDiagnosis, accepted: Mute | None) -> dict[str, object]:
    return {
        "verdict": found.verdict,
        "batch": found.batch,
        "wave": found.wave,
        "agents": None if found.agents is None else len(found.agents),
        "agents_expected": found.expected,
        "agents_launched": found.launched,
        "agents_unplaced": len(found.unplaced),
        "counts": dict(found.counts),
        "in_progress": [
            {"site": one.site, "age_seconds": one.age_seconds, "agent": one.agent, "overdue": one.overdue}
            for one in found.in_progress
        ],
        "without_agent": None if found.without_agent is None else list(found.without_agent),
        "errors": [{"kind": one.kind, "count": one.count} for one in found.log.errors],
        "exit_codes": {str(code): number for code, number in found.log.exit_codes},
        "oom_kills": None if found.oom_kills is None else len(found.oom_kills),
        "rate_per_minute": found.rates.now,
        "rate_5min_ago": found.rates.before,
        "rate_median": found.rates.usual,
        "usual_seconds": found.usual_seconds if found.usual_known else None,
        "accepted": accepted.reason if accepted else None,
    }


def _proposals(found: WaveDiagnosis) -> tuple[Proposal, ...]:
    """What helps, in the runbook's order of preference."""
    name = f"wave {found.wave}"
    again = Proposal("Look again", subject_of(found.batch, found.wave))
    redeploy = Proposal(f"Redeploy {name}", f"redeploy {name} --batch {found.batch}")
    launch = Proposal(f"Launch {name}", redeploy.line)
    wait = Proposal("Wait 15 minutes", f"batch wait {name} {WAIT} --batch {found.batch}")
    monitor = Proposal("Monitor 30 minutes", f"batch wait {name} {MONITOR} --batch {found.batch}")
    system = Proposal("Check system", f"batch status --batch {found.batch}")
    if found.verdict in ("crashed", "degraded"):
        return (redeploy, wait, again)
    if found.verdict == "stuck":
        return (wait, redeploy, again)
    if found.verdict == "slow":
        return (monitor, system, again) if found.slowed else (monitor, again)
    if found.verdict == "not_started" and found.to_do:
        return (launch, again)
    if found.verdict == "unknown" and found.contradicted:
        return (Proposal("Check the registry", "dedupe"), again)
    return (again,)
