"""The preview of a finalization: which sites become finalized, the tool's words, and what can be taken back."""

import shlex

from commands.ops.operation import Args, Target
from commands.ops.operations.finalize import CALL
from commands.previews import restore
from commands.reply import Facts, Lines, Part, Proposal, Size, Table, Value
from commands.wording.figures import count, listed, size, span

Targets = tuple[Target, ...]
NAMED = 5


def title(args: Args, targets: Targets) -> str:
    """`finalize batch 001: 479 implemented sites`, `finalize the rest of batch 001: …`; or first to go back."""
    call = _call(targets)
    number = count(len(call.about["waves"]), "implemented site")
    rest = "the rest of " if call.about["finalized"] else ""
    back = f"{restore.title(args, targets)}; then " if args["restore"] else ""
    return f"{back}finalize {rest}batch {args['batch']}: {number}"


def parts(args: Args, targets: Targets) -> tuple[Part, ...]:
    """The figures and the tool's words in the summary, every row in the thread."""
    call = _call(targets)
    about = call.about
    figures: tuple[tuple[str, Value], ...] = (
        ("Become finalized", len(about["waves"])),
        ("Finalized already", about["finalized"]),
        ("Expected sites", "not known" if about["expected"] is None else about["expected"]),
        ("Disk free", None if about["disk_free"] is None else Size(about["disk_free"])),
    )
    rows = tuple((site, "" if wave is None else str(wave)) for site, wave in about["waves"].items())
    others = tuple(one for one in targets if one is not call)
    back = restore.parts(args, others) if args["restore"] else ()
    return (
        *back,
        Facts(figures, "Before the call"),
        Lines((shlex.join(call.identity["argv"]),), "What is called", evidence=False),
        Table(("Site", "Wave"), rows, "Exactly these sites"),
    )


def then(plan: str, args: Args, targets: Targets) -> tuple[Proposal, ...]:
    """Another look at the batch; progress that going back took from others may be set again."""
    back = restore.then(plan, args, targets) if args["restore"] else ()
    return (
        *back,
        Proposal("Look again", f"batch finalize {args['batch']}"),
    )


def _call(targets: Targets) -> Target:
    return next(one for one in targets if one.key.startswith(CALL))


def before(args: Args, targets: Targets) -> list[str]:
    """What to know before one approves."""
    call = _call(targets)
    about = call.about
    others = tuple(one for one in targets if one is not call)
    said = [*restore.before(args, others)] if args["restore"] else []
    if about["unexpected"]:
        names = listed(about["unexpected"], NAMED)
        said.append(f"Batch {args['batch']} has sites that its file does not list, finalized too: {names}.")
    if about["disk_level"] in ("alert", "warning"):
        said.append(f"The disk is at {about['disk_level']}: {size(about['disk_free'])} free.")
    idle = span(about["idle_seconds"])
    return [
        *said,
        f"Once called the tool is not broken off; one that changes nothing for {idle} is ended (TERM, then KILL).",
        "What it has done can be taken back row by row, as long as nothing moved on.",
    ]
