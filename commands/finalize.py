"""`batch finalize [NNN]`: the distribution of a batch against its expected sites; --run plans its finalization."""

from dataclasses import replace

import click

from commands.evidence import finalize as finalize_evidence
from commands.line import Asked, line
from commands.ops.batches import closure
from commands.ops.errors import Refusal
from commands.ops.finalization import finalization, going_back
from commands.ops.finalization.finalization import Finalization
from commands.ops.finalization.meant import meant
from commands.ops.operations.finalize import FINALIZE
from commands.ops.operations.restore import going_back_to
from commands.ops.roles import Role
from commands.ops.versions import sources
from commands.planning import planned
from commands.reply import Reply, outcome_of, refused
from commands.wording import finalize as finalize_words
from commands.wording.finalize_offers import offers


@line(
    "batch finalize",
    summary="How a batch stands to its finalization: what is done, open, lost or damaged; --run plans it, or its retry.",
    examples=("batch finalize 001", "batch finalize 001 --run", "batch finalize 001 --restore 4f1c2a90be"),
)
@click.argument("number", metavar="NNN", required=False)
@click.option("--run", is_flag=True, help="Plan the finalization, or its retry.")
@click.option("--restore", "version", metavar="VERSION", help="Plan it after going back to this version.")
def finalize(asked: Asked, number: str | None, version: str | None, *, run: bool) -> Reply:
    """The diagnosis; or the plan."""
    if (run or version) and asked.role < Role.operator:
        raise Refusal(f"To finalize needs the role operator; yours is {asked.role.name}.")
    found = finalization.look(asked.house, meant(asked.house, number))
    if run or version:
        return _plan(asked, found, version)
    severity = finalize_words.severity(found)
    return Reply(
        outcome=outcome_of(severity),
        headline=finalize_words.headline(found),
        severity=severity,
        facts=_facts(found),
        parts=finalize_evidence.parts(found),
        proposals=offers(found, _version(asked, found)),
        problems=found.problems,
        subject=f"batch finalize {found.batch}",
    )


def _plan(asked: Asked, found: Finalization, version: str | None) -> Reply:
    """A plan; or why not, and with it what to do first."""
    back = going_back_to(asked.house, sources.named(asked.house, version)) if version else None
    args = {"batch": found.batch, "retry": _is_retry(asked, found), "restore": back}
    try:
        return planned(asked, FINALIZE, args)
    except Refusal as error:
        return replace(refused(error.sentence), proposals=offers(found, _version(asked, found)))


def _version(asked: Asked, found: Finalization) -> str | None:
    """The version to go back to and finalize at once, where going back is what helps."""
    if found.recommended != "restore" or found.busy:
        return None
    source = going_back.version_for(asked.house, found.batch)
    return source.name if source else None


def _is_retry(asked: Asked, found: Finalization) -> bool:
    """Whether the tool has finalized some sites before; those that were marked by hand tell nothing."""
    done = [row.domain for row in found.rows if row.status == found.ladder.finalized]
    return bool(set(done) - closure.told_of(asked.house, found.batch, done))


def _facts(found: Finalization) -> dict[str, object]:
    known = found.expected.source != "unknown"
    return {
        "verdict": found.verdict,
        "batch": found.batch,
        "implemented": found.implemented,
        "finalized": found.finalized,
        "open": found.open,
        "total": found.total,
        "expected": len(found.expected.sites) if known else None,
        "lost": list(found.lost),
        "recommended": found.recommended,
        "counts": dict(found.counts),
        "elsewhere": [row.domain for row in found.elsewhere],
        "unexpected": list(found.unexpected),
        "doubled": [one.domain for one in found.doubled],
        "malformed_lines": sorted({one.line for one in found.malformed}),
        "agents": None if found.agents is None else len(found.agents),
        "running": [one.pid for one in found.traces.running],
        "registry_locked": found.traces.locked,
        "disk_level": found.traces.disk.level,
    }
