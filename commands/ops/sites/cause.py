"""What keeps a site from being finished: the runbook's tree of root causes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from commands.ops.host_settings import Ladder
from commands.ops.logs.attempts import Attempt
from commands.ops.sites.designs import Design
from commands.ops.sites.files import SiteFiles
from commands.ops.waves.occupancy import Standing

Cause = Literal[
    "design_missing",
    "status_not_updated",
    "agent_timeout",
    "agent_error",
    "design_not_compliant",
    "bad_name",
    "never_started",
    "none",
    "unknown",
]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the root cause is judged by; see SiteDiagnosis."""

    status: str
    agent: Standing | None
    design: Design
    files: SiteFiles
    attempts: tuple[Attempt, ...]
    named_well: bool = True
    accepted: bool = False


def root_cause(seen: Facts, ladder: Ladder) -> Cause:
    """The runbook's tree: what keeps this site from being finished; `none` where nothing does."""
    if not seen.named_well:
        return "bad_name"
    if seen.status in (ladder.implemented, ladder.finalized):
        return "none" if seen.files.page is not False or seen.accepted else "unknown"
    if seen.status not in ladder.letters:
        return "unknown"
    if seen.agent == "busy":
        return "none"
    if seen.status in (ladder.planned, ladder.designing):
        return _of_failures(seen.attempts) or "never_started"
    return _of_building(seen, ladder)


def _of_building(seen: Facts, ladder: Ladder) -> Cause:
    """For a site that is designed or in progress, and that nobody is known to work on."""
    if seen.design.present is False:
        return "design_missing"
    if _is_built(seen):
        return "status_not_updated"
    if seen.design.faults:
        return "design_not_compliant"
    if failure := _of_failures(seen.attempts):
        return failure
    return "never_started" if seen.status == ladder.designed and not seen.attempts else "unknown"


def _is_built(seen: Facts) -> bool:
    """Whether its page is whole, and newer than the last attempt's beginning: an older one may be of an earlier design."""
    begun = next((one.at for one in reversed(seen.attempts) if one.at), None)
    newest = seen.files.newest
    return bool(seen.files.page) and (begun is None or (newest is not None and newest >= begun))


def _of_failures(tried: Sequence[Attempt]) -> Cause | None:
    """What the last attempt that failed, failed of."""
    errors = next((one.errors for one in reversed(tried) if one.failed), ())
    if not errors:
        return None
    return "agent_timeout" if errors[-1] == "timeout" else "agent_error"
