"""The preview of edits of rows: what becomes of each, as a true diff."""

from collections import Counter
from collections.abc import Iterator, Sequence

from commands.ops.operation import Args, Target
from commands.ops.operations.row_targets import site_of
from commands.ops.plans.whole_version import BEFORE
from commands.reply import Diff, Facts, Part, Text
from commands.wording.figures import count, listed

Targets = tuple[Target, ...]
IN_SUMMARY = 5  # sites whose lines are shown in the message itself; more are in its thread


def mark_title(args: Args, targets: Targets) -> str:
    """`mark lotus.dev as Q, which was i`; of several letters, how many sites get each."""
    del args
    were = sorted({str(target.about["now"]) for target in targets})
    become = Counter(str(target.about["becomes"]) for target in targets)
    if len(become) > 1:
        letters = listed([f"{number} as {letter}" for letter, number in sorted(become.items())], 10)
        return f"mark {count(len(targets), 'site')}, {letters}"
    names = listed([site_of(target) for target in targets], 3)
    return f"mark {names} as {''.join(become)}, {_was(len(targets), were)}"


def mark_parts(args: Args, targets: Targets) -> tuple[Part, ...]:
    """The reason and the diff; sites that an agent is at work on are named."""
    busy = [site_of(target) for target in targets if target.about.get("agent")]
    warned = f"An agent is, or may be, at work on {listed(busy, 10)}: it may set the status again."
    note = Text("A time in a row is the one of the run.", evidence=len(targets) > IN_SUMMARY)
    reason = Facts((("Reason", str(args["reason"])),))
    return (reason, *(Text(warned) for _ in busy[:1]), diff(targets), note)


def undo_title(args: Args, targets: Targets) -> str:
    """`take back P-7K2Q: 3 sites in the registry go back to what they were`."""
    sites = sum(target.key != BEFORE for target in targets)
    if not sites:
        return f"take back {args['plan']}: lines of the registry go back to their places"
    one = sites == 1
    number = count(sites, "site")
    return f"take back {args['plan']}: {number} {'goes' if one else 'go'} back to what {'it was' if one else 'they were'}"


def undo_parts(args: Args, targets: Targets) -> tuple[Part, ...]:
    """What is left as it is comes first."""
    del args
    about = targets[0].about if targets else {}
    changed, back = about.get("changed") or [], about.get("back") or []
    said = [
        *(f"Changed since, and left as they are: {listed(changed, 20)}." for _ in changed[:1]),
        *(f"Back already: {listed(back, 20)}." for _ in back[:1]),
    ]
    if any(target.key == BEFORE for target in targets):
        said.append(
            "The registry stands as that plan left it: it goes back by the byte, from the copy made before."
        )
    if about.get("places"):
        said.append(
            "Not by the byte, since the registry was changed since or the copy made before is gone: lines that only"
            " changed places stay where they are, and one that was taken out comes behind the one it followed."
        )
    return (*(Text(sentence) for sentence in said), diff(targets))


def diff(targets: Targets) -> Diff:
    """Every line that goes (`-`) and comes (`+`), below its number in the registry."""
    edits = sorted(
        (edit for target in targets for edit in target.about.get("edits", ())), key=lambda edit: int(edit[0])
    )
    return Diff(tuple(_lines(edits)), "The registry", evidence=len(edits) > IN_SUMMARY)


def _lines(edits: Sequence[Sequence[object]]) -> Iterator[str]:
    above = ""
    for number, before, after in edits:
        head = f"@@ line {number} @@" if before is not None else f"@@ behind line {number} @@"
        if head != above:
            yield head
        above = head
        if before is not None:
            yield f"-{before}"
        if after is not None:
            yield f"+{after}"


def _was(number: int, letters: Sequence[str]) -> str:
    known = [letter or "without a status" for letter in letters]
    return f"{'which was' if number == 1 else 'which were'} {listed(known)}"
