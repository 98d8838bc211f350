"""What a diagnosis of a batch's finalization offers, in the runbook's order of preference."""

from collections.abc import Iterator

from commands.ops.finalization.finalization import Finalization
from commands.reply import Proposal

WAIT = "15m"
WAVES = 2  # that are offered to be looked at, or waited for


def offers(found: Finalization, version: str | None) -> tuple[Proposal, ...]:
    """The lines that help, then another look.

    version: the name of the one after which the batch could be finalized at once.
    """
    if version:
        line = f"batch finalize {found.batch} --restore {version}"
        return (Proposal(f"Restore {version}, then finalize", line, "second"), *offers(found, None))
    return (*_helping(found), Proposal("Look again", f"batch finalize {found.batch}"))


def _helping(found: Finalization) -> Iterator[Proposal]:
    batch, recommended = found.batch, found.recommended
    run = f"batch finalize {batch} --run"
    if recommended == "finalize":
        yield Proposal(f"Finalize batch {batch}", run, "second")
    elif recommended == "retry":
        yield Proposal("Retry finalization", run, "confirm")
        yield _remaining(found)
    elif recommended == "investigate":
        yield Proposal("Show the host's errors", "batch logs host --errors")
        yield Proposal("Check system", f"batch status --batch {batch}")
        yield _remaining(found)
        yield Proposal("Retry finalization", run, "confirm")
    elif recommended in ("fix", "restore"):
        yield from _mending(found)
    elif recommended == "wait":
        yield from _until_quiet(found)
    elif recommended in ("redeploy", "design"):
        yield from _completing(found)


def _remaining(found: Finalization) -> Proposal:
    letter = found.ladder.implemented
    return Proposal("List the remaining sites", f"batch sites --batch {found.batch} --status {letter}")


def _mending(found: Finalization) -> Iterator[Proposal]:
    if found.recommended == "fix":
        yield Proposal("Plan the fix", "dedupe fix")
    else:
        yield Proposal("Restore", "dedupe restore")
    yield Proposal("Check the registry", "dedupe")


def _until_quiet(found: Finalization) -> Iterator[Proposal]:
    """Hold, wait, or stop; then finalize. The tool itself, where it runs, is only waited for."""
    if not found.agents:
        return
    own = [one for one in found.agents if one.batch == found.batch]
    waves = sorted({one.wave for one in own if one.wave is not None})
    yield Proposal("Hold launches", "batch hold")
    for wave in waves[:WAVES]:
        yield Proposal(f"Wait for wave {wave}", f"batch wait wave {wave} {WAIT} --batch {found.batch}")
    yield Proposal("Stop the batch", f"batch stop --batch {found.batch}")


def _completing(found: Finalization) -> Iterator[Proposal]:
    """What a batch that is not complete needs first."""
    batch, done = found.batch, (found.ladder.implemented, found.ladder.finalized)
    if found.recommended == "redeploy":
        yield Proposal(f"Redeploy batch {batch}", f"redeploy batch {batch}")
    waves = sorted({row.wave for row in found.rows if row.wave is not None and row.status not in done})
    for wave in waves[:WAVES]:
        yield Proposal(f"Look at wave {wave}", f"batch wave {wave} --batch {batch}")
