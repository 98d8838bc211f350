"""`batch site D`: why a site is not finished, the evidence, and what helps."""

import click

from commands.evidence import site as site_evidence
from commands.line import Asked, line
from commands.ops.host_settings import Ladder
from commands.ops.launches import redeployment
from commands.ops.settings import OpsSettings
from commands.ops.sites import diagnosis
from commands.ops.sites.diagnosis import SiteDiagnosis
from commands.reply import Proposal, Reply, outcome_of
from commands.wording import site as site_words
from commands.wording.figures import span

LONGER = 2  # times the usual time limit, after a timeout


@line(
    "batch site",
    summary="One site, whole: row, history, design, files, errors, agents; what keeps it back, and what helps.",
    examples=("batch site lotus.dev",),
)
@click.argument("site", metavar="D")
def site_line(asked: Asked, site: str) -> Reply:
    """The diagnosis of one site."""
    found = diagnosis.diagnose(asked.house, site)
    ladder = asked.house.settings.ladder
    severity = site_words.severity(found)
    return Reply(
        outcome=outcome_of(severity),
        headline=site_words.headline(found, ladder),
        severity=severity,
        facts=_facts(found),
        parts=site_evidence.parts(found, asked.house.settings),
        proposals=_proposals(found, asked.house.settings),
        problems=found.problems,
        subject=f"batch site {found.site}",
    )


def _facts(found: SiteDiagnosis) -> dict[str, object]:
    return {
        "site": found.site,
        "status": found.row.status,
        "batch": found.row.batch,
        "wave": found.row.wave,
        "root_cause": found.cause,
        "errors": list(found.error_lines[-site_evidence.ERRORS :]),
        "files": found.files.files,
        "bytes": found.files.bytes,
        "page_whole": found.files.page,
        "design": {
            "path": found.design.path,
            "present": found.design.present,
            "faults": list(found.design.faults),
        },
        "agent": found.agent,
        "attempts": len(found.attempts),
        "failed": found.failed,
        "history": [{"status": one.status, "at": one.since.isoformat()} for one in found.phases],
    }


def _proposals(found: SiteDiagnosis, settings: OpsSettings) -> tuple[Proposal, ...]:
    """What helps, in the runbook's order; nothing that acts where nothing is wrong or the name is none."""
    looks = (
        Proposal("Show history", f"batch history {found.site}"),
        Proposal("Look again", f"batch site {found.site}"),
    )
    if found.cause == "bad_name":
        return ()
    if found.cause == "none":
        return looks
    ladder, longer = settings.ladder, LONGER * settings.agents.timeout_seconds
    mark = f'batch mark {found.site} {ladder.implemented} --reason "its page is whole"'
    acts = {
        "redesign": Proposal("Redesign", f"redeploy design {found.site}"),
        "run": Proposal("Re-run", f"redeploy site {found.site}"),
        "longer": Proposal(f"Re-run with {span(longer)}", f"redeploy site {found.site} --timeout {longer}"),
        "mark": Proposal(f"Mark {ladder.implemented}", mark),
        "accept": Proposal(
            f"Accept as {ladder.finalized}", f"batch mark {found.site} {ladder.finalized}", asks=True
        ),
    }
    takes_timeout = redeployment.takes_timeout(settings.tools)
    idle = {*(() if takes_timeout else ("longer",)), *(("accept",) if _at_end(found, ladder) else ())}
    names = (name for name in _helps(found, ladder) if name not in idle)
    return (*(acts[name] for name in names), *looks)


def _at_end(found: SiteDiagnosis, ladder: Ladder) -> bool:
    """Whether there is nothing left to accept it as."""
    return found.row.status == ladder.finalized


def _helps(found: SiteDiagnosis, ladder: Ladder) -> tuple[str, ...]:
    if found.row.status in (ladder.planned, ladder.designing):
        return ("redesign",)
    by_cause = {
        "design_missing": ("redesign",),
        "status_not_updated": ("mark", "run"),
        "design_not_compliant": ("redesign", "accept"),
        "agent_timeout": ("longer", "run", "redesign", "accept"),
        "agent_error": ("run", "redesign", "accept"),
        "never_started": ("run",),
    }
    return by_cause.get(found.cause, ("run", "accept") if found.row.status in ladder.letters else ())
