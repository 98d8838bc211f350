"""`finalize`: the host's tool moves a batch's implemented sites to finalized. Args: `batch`; `retry`, true or false."""

from collections.abc import Iterator

from commands.ops import finalization
from commands.ops.errors import Refusal, WrongUsage
from commands.ops.finalization import Finalization
from commands.ops.house import House
from commands.ops.launching import Values, fill
from commands.ops.operation import Args, Operation, Step, Target, Tier
from commands.ops.operations.finalize_steps import Finishing
from commands.ops.operations.mark import LOCK
from commands.ops.sites import listed
from commands.ops.status_edits import row_text
from commands.ops.targets_of_rows import ROW, site_of

CALL = "call "


def look(house: House, args: Args) -> tuple[Target, ...]:
    """Every implemented site of the batch, bound to its row's text, and the tool's words.

    Raises:
        WrongUsage: nothing is left to finalize.
        Refusal: sites are open, lost or doubled, something is at work on the batch, or the disk is full.
        NotReadable: the registry or the agents cannot be read.
    """
    found = finalization.look(house, str(args["batch"]))
    must_be_ready(found)
    words = fill(house.settings.tools.finalize, Values(found.batch))
    rows = [row for row in found.rows if row.status == found.ladder.implemented]
    about = {
        "finalized": found.finalized,
        "expected": len(found.expected.sites) if found.expected.source != "unknown" else None,
        "unexpected": list(found.unexpected),
        "disk_free": found.traces.disk.free_bytes,
        "disk_level": found.traces.disk.level,
    }
    return (
        *(Target(f"{ROW}{row.domain}", {"row": row_text(row)}, {"wave": row.wave}) for row in rows),
        Target(f"{CALL}{words[0]}", {"argv": list(words)}, about),
    )


def must_be_ready(found: Finalization) -> None:
    """A batch can be finalized where every site is there, once, and implemented, and nobody is at work on it.

    Raises:
        WrongUsage: all is finalized already.
        Refusal: it cannot; the sentence says why, and what to do first.
    """
    look_closer = f"look with “batch finalize {found.batch}”"
    if found.verdict == "corrupted":
        raise Refusal(f"The registry is damaged in batch {found.batch}: mend it first; {look_closer}.")
    if found.lost:
        raise Refusal(
            f"Sites of batch {found.batch} are lost: {listed(found.lost)}. Restore them first; {look_closer}."
        )
    _nobody_at_work(found)
    if found.verdict == "not_ready":
        raise Refusal(
            f"Batch {found.batch} is not complete: {found.open} of {found.total} sites are open; {look_closer}."
        )
    if not found.implemented:
        raise WrongUsage(
            f"Batch {found.batch} is finalized already: every site is at {found.ladder.finalized}."
        )
    if found.traces.disk.level == "critical":
        raise Refusal(
            "The disk is critical: the tool would break off half-way. Free some first, look at “batch status”."
        )


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """Call the tool, follow it in the registry to its end, and look at the whole batch again."""
    [words] = [tuple(one.identity["argv"]) for one in targets if one.key.startswith(CALL)]
    sites = tuple(site_of(one) for one in targets if one.key.startswith(ROW))
    finishing = Finishing(house, str(args["batch"]), words, sites)
    yield Step(f"call {words[0]}", finishing.call)
    yield Step("follow it in the registry", finishing.follow, abortable=False)
    yield Step("compare with the expected sites", finishing.compare, abortable=False)


def _nobody_at_work(found: Finalization) -> None:
    if found.agents is None:
        raise Refusal(
            f"Whether agents are at work on batch {found.batch} cannot be told: {found.problems[0]}"
        )
    if found.agents:
        pids = [str(one.pid) for one in found.agents]
        raise Refusal(
            f"{len(pids)} agents or launchers are, or may be, at work on batch {found.batch}: {listed(pids)}. Hold launches, wait"
            " for them or stop them, then finalize."
        )
    if found.traces.running:
        pids = [str(one.pid) for one in found.traces.running]
        raise Refusal(
            f"The tool is at work on batch {found.batch} already: process {listed(pids)}. Wait for it."
        )


def _raised(args: Args) -> Tier:
    """The first one is hard to take back; a retry ends what was begun."""
    return "confirm" if args["retry"] else "second"


FINALIZE = Operation("finalize", "confirm", look, lambda _args, _targets: (LOCK,), steps, raised=_raised)
