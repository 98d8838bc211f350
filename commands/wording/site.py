"""The diagnosis of a site in words: the headline with what to do."""

from commands.ops.host_settings import Ladder
from commands.ops.logs.log_lines import Kind
from commands.ops.sites.diagnosis import SiteDiagnosis
from commands.reply import Severity
from commands.wording.figures import count, listed, span
from commands.wording.wave import KINDS


def severity(found: SiteDiagnosis) -> Severity:
    """Whatever keeps a site from being finished is a warning; one that nobody has begun is none."""
    if found.cause == "none":
        return "info" if found.agent == "busy" else "ok"
    return "info" if found.cause == "never_started" else "warning"


def headline(found: SiteDiagnosis, ladder: Ladder) -> str:
    """What is wrong with it, and what to do."""
    site, at = found.site, found.row.status
    said = {
        "bad_name": f"“{site}” is no domain, so no tool can build it: correct its row by hand.",
        "design_missing": f"{site} is at {at} and has no design: design it.",
        "status_not_updated": f"{site} is built, {_built(found)}, but its status is still {at}: mark it {ladder.implemented}.",
        "design_not_compliant": f"{site} has a design that is not compliant ({listed(found.design.faults)}): design it anew.",
        "agent_timeout": f"{site} {_failures(found)}, at last by a timeout; {_design(found)}: re-run it, or build it by hand.",
        "agent_error": f"{site} {_failures(found)}, at last by an error ({_last(found)}); {_design(found)}: re-run it, or build it by hand.",
        "never_started": _never(found, ladder),
        "none": _fine(found),
        "unknown": _unknown(found, ladder),
    }
    return said[found.cause]


def last_error(found: SiteDiagnosis) -> Kind | None:
    """The kind of the last error of the last attempt that failed."""
    return next((one.errors[-1] for one in reversed(found.attempts) if one.failed), None)


def _never(found: SiteDiagnosis, ladder: Ladder) -> str:
    if found.row.status in (ladder.planned, ladder.designing):
        return f"{found.site} is at {found.row.status} and not designed yet: design it, or leave it to its batch."
    return f"{found.site} is designed, and no agent has taken it yet: run it, or leave it to its wave."


def _fine(found: SiteDiagnosis) -> str:
    if found.agent == "busy":
        return (
            f"An agent works on {found.site} now, at {found.row.status} for {_since(found)}: let it finish."
        )
    if found.accepted and found.files.page is False:
        return (
            f"{found.site} was accepted at {found.row.status} by hand, without a whole page: the closure report of batch"
            f" {found.row.batch} says why."
        )
    return f"{found.site} is fine: at {found.row.status} for {_since(found)}, {_built(found)}."


def _unknown(found: SiteDiagnosis, ladder: Ladder) -> str:
    site, at = found.site, found.row.status
    if at in (ladder.implemented, ladder.finalized):
        return f"{site} is at {at}, but its page is not whole: re-run it, or look at its files."
    if at not in ladder.letters:
        return f"{site} is at “{at}”, which the ladder does not know: mark it by hand."
    if found.agent is None or found.agent == "unclear":
        return f"{site} is at {at}, and whether an agent works on it cannot be told: look at its wave."
    return f"{site} is at {at}, no agent works on it, and no log says why: re-run it."


def _built(found: SiteDiagnosis) -> str:
    files = "files that cannot be read" if found.files.files is None else count(found.files.files, "file")
    return f"{files}, its page whole" if found.files.page else files


def _failures(found: SiteDiagnosis) -> str:
    times = {1: "once", 2: "twice"}.get(found.failed, f"{found.failed} times")
    return f"failed {times}"


def _last(found: SiteDiagnosis) -> str:
    kind = last_error(found)
    return KINDS[kind] if kind else "of no known kind"


def _design(found: SiteDiagnosis) -> str:
    return "its design is fine" if found.design.present else "it has no design yet"


def _since(found: SiteDiagnosis) -> str:
    return span(found.phases[-1].seconds) if found.phases else "an unknown time"
