"""`finalize`: the host's tool moves a batch's implemented sites to finalized.

Args: `batch`; `retry`, true or false; `restore`, the args of `restore` where the registry goes back first, else None.
"""

from collections.abc import Iterator, Sequence

from commands.ops.edits.statuses import row_text
from commands.ops.errors import OperationFailed, Refusal, WrongUsage
from commands.ops.finalization import finalization
from commands.ops.finalization.finalization import Finalization
from commands.ops.finalization.going_back import after
from commands.ops.house import House
from commands.ops.launches.launching import Values, fill
from commands.ops.operation import Args, Operation, Step, Target, Tier
from commands.ops.operations.finalize_steps import Finishing
from commands.ops.operations.mark import LOCK
from commands.ops.operations.restore import RESTORE
from commands.ops.operations.row_targets import ROW, site_of
from commands.ops.registry.rows import Row
from commands.ops.registry.sites import listed
from commands.ops.versions import sources

CALL = "call "


def look(house: House, args: Args) -> tuple[Target, ...]:
    """Every implemented site of the batch, bound to its row's text, and the tool's words.

    Where the registry goes back first: what that changes, and with the tool's words the sites that are implemented then.

    Raises:
        WrongUsage: nothing is left to finalize, or there is no such version.
        Refusal: sites are open, lost or doubled, something is at work on the batch, or the disk is full.
        NotReadable: the registry, the version or the agents cannot be read.
    """
    batch, back = str(args["batch"]), args["restore"]
    restored = _going_back(house, batch, back) if back else ()
    source = sources.named(house, back["name"]) if back else None
    found = after(house, batch, source) if source else finalization.look(house, batch)
    must_be_ready(found)
    rows = [row for row in found.rows if row.status == found.ladder.implemented]
    words = fill(house.settings.tools.finalize, Values(batch))
    identity = {"argv": list(words), **({"sites": [row.domain for row in rows]} if back else {})}
    about = {**_about(found, rows), "idle_seconds": house.settings.limits.finalize_idle_seconds}
    call = Target(f"{CALL}{words[0]}", identity, about)
    if back:
        return (*restored, call)
    return (*(Target(f"{ROW}{row.domain}", {"row": row_text(row)}) for row in rows), call)


def _going_back(house: House, batch: str, back: Args) -> tuple[Target, ...]:
    targets = RESTORE.look(house, back)
    if not targets:
        raise WrongUsage(
            f"The registry is as in {back['name']} already: ask for “batch finalize {batch} --run”."
        )
    return targets


def _about(found: Finalization, rows: Sequence[Row]) -> dict[str, object]:
    """What a person should see before the call."""
    return {
        "waves": {row.domain: row.wave for row in rows},
        "finalized": found.finalized,
        "expected": len(found.expected.sites) if found.expected.source != "unknown" else None,
        "unexpected": list(found.unexpected),
        "disk_free": found.traces.disk.free_bytes,
        "disk_level": found.traces.disk.level,
    }


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
    """Perhaps go back and plan anew; call the tool, follow it to its end, and look at the whole batch again."""
    call = next(one for one in targets if one.key.startswith(CALL))
    words, rows = tuple(call.identity["argv"]), tuple(one for one in targets if one is not call)
    if args["restore"]:
        finishing = Finishing(house, str(args["batch"]), words, tuple(call.identity["sites"]))
        yield from RESTORE.steps(house, args["restore"], rows)
        yield Step("plan the finalization anew", lambda: _plan_anew(house, finishing))
    else:
        finishing = Finishing(house, str(args["batch"]), words, tuple(map(site_of, rows)))
    # Foreseen by both: the tool goes on without us, whichever we are killed in.
    yield Step(f"call {words[0]}", finishing.call, foresees=finishing.foresee)
    yield Step(
        "follow it in the registry", finishing.follow, abortable=False, foresees=finishing.still_foreseen
    )
    yield Step("compare with the expected sites", finishing.compare, abortable=False)


def _plan_anew(house: House, finishing: Finishing) -> str:
    """The second plan, from the registry as it came back; it may shrink, never grow."""
    found = finalization.look(house, finishing.batch)
    must_be_ready(found)
    now = [row.domain for row in found.rows if row.status == found.ladder.implemented]
    fresh = [site for site in now if site not in finishing.sites]
    if fresh:
        raise OperationFailed(
            f"The registry went back, and nothing was finalized: {listed(fresh)} would be finalized too, which nobody approved."
        )
    gone = len(finishing.sites) - len(now)
    finishing.sites = now
    return (
        f"{len(now)} sites are to be finalized{f', {gone} fewer than approved' if gone else ', as approved'}"
    )


def _nobody_at_work(found: Finalization) -> None:
    if found.agents is None:
        raise Refusal(
            f"Whether agents are at work on batch {found.batch} cannot be told, so it is not finalized;"
            f" look with “batch finalize {found.batch}”."
        )
    if found.agents:
        pids = listed([str(one.pid) for one in found.agents])
        raise Refusal(
            f"Agents or launchers are, or may be, at work on batch {found.batch}: process {pids}. Hold launches, wait"
            " for them or stop them, then finalize."
        )
    if found.traces.running:
        pids = listed([str(one.pid) for one in found.traces.running])
        raise Refusal(f"The tool is at work on batch {found.batch} already: process {pids}. Wait for it.")


def _raised(args: Args) -> Tier:
    """The first one is hard to take back; a retry ends what was begun."""
    return "confirm" if args["retry"] and not args["restore"] else "second"


FINALIZE = Operation("finalize", "confirm", look, lambda _args, _targets: (LOCK,), steps, raised=_raised)
