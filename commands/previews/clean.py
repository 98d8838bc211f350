"""The preview of a cleanup: what goes, how much it frees, and what stays."""

from commands.ops.operation import Args, Target
from commands.reply import Facts, Lines, Part, Proposal, Size, Table, Value
from commands.wording.figures import count, size

Targets = tuple[Target, ...]
WORDS = {"temp": "temp files", "cache": "files of the design cache"}
SHOWN = 100
OPEN_SHOWN = 20


def title(args: Args, targets: Targets) -> str:
    """`delete 27 old temp files (760 KiB); 3 in use stay`."""
    files = [target for target in targets if target.identity["kind"] != "directory"]
    stays = ", ".join(f"{number} {why}" for why, number in args["left"].items())
    said = f"delete {len(files):,} old {WORDS[args['what']]} ({size(_gain(targets))})"
    return f"{said}; {stays} stay" if stays else said


def parts(args: Args, targets: Targets) -> tuple[Part, ...]:
    """The gain in the summary; in the thread the biggest of what goes, and what is open."""
    figures: list[tuple[str, Value]] = [
        ("Frees", Size(_gain(targets))),
        ("Way back", "none, they are deleted outright"),
    ]
    if args["smallest"]:
        figures.append(("More", "there are more than one plan takes: ask again afterwards"))
    biggest = sorted(targets, key=lambda target: -int(target.about["bytes"]))
    rows = tuple((target.key, Size(target.about["bytes"])) for target in biggest[:SHOWN])
    what = f"Exactly these {count(len(targets), 'entry', 'entries')}"
    shown: list[Part] = [
        Facts(tuple(figures)),
        Table(
            ("Path", "Size"),
            rows,
            f"{what}, the biggest first"
            if len(targets) <= SHOWN
            else f"The biggest {SHOWN} of {len(targets):,}",
        ),
    ]
    if args["in_use"]:
        shown.append(Lines(tuple(args["in_use"][:OPEN_SHOWN]), "In use, and left alone"))
    if young := args.get("young"):
        shown.append(Lines(tuple(young), "Changed too lately, and left alone"))
    return tuple(shown)


def then(plan: str, args: Args, targets: Targets) -> tuple[Proposal, ...]:
    """See what it brought."""
    del plan, args, targets
    return (Proposal("Diagnose the disk", "batch disk"),)


def _gain(targets: Targets) -> int:
    return sum(int(target.about["frees"]) for target in targets)
