"""The preview of going back to another version of the registry: what it is, what is lost, every line."""

from datetime import datetime

from commands.ops.operation import Args, Target
from commands.ops.plans.whole_version import VERSION
from commands.previews.rows import diff
from commands.reply import Facts, Part, Proposal, Table, Text, Value, When
from commands.wording.figures import count, listed
from commands.wording.restore import moves

Targets = tuple[Target, ...]
NAMED = 10


def title(args: Args, targets: Targets) -> str:
    """`go back to commit 4f1c2a90be of the registry; 3 sites go back`."""
    del args
    about = _version(targets).about
    back, gone = about["back"], about["gone"]
    lost = [f"{count(len(back), 'site')} {'goes' if len(back) == 1 else 'go'} back"] if back else []
    lost += [f"{count(len(gone), 'site')} {'is' if len(gone) == 1 else 'are'} not in it"] if gone else []
    what = f"{about['kind']} {about['name']}" if about["kind"] != "by_hand" else about["name"]
    return f"go back to {what} of the registry; {' and '.join(lost) or 'nothing is lost'}"


def before(args: Args, targets: Targets) -> tuple[str, ...]:
    """What is kept of the registry, and who may write meanwhile."""
    del args
    about = _version(targets).about
    agents = about["agents"]
    kept = (
        "The registry as it stands is copied first."
        if about["now"] is not None
        else "There is no registry now: one is made, and no Undo is offered, since that would only take it away."
    )
    warned = (
        f"{count(agents or 0, 'agent')} ran when this was planned: if a row changes before it is carried out, nothing is"
        " done. Hold launches first, and let them end or stop them."
    )
    return (kept, *([warned] if agents else []))


def parts(args: Args, targets: Targets) -> tuple[Part, ...]:
    """What is lost by name, the counts, every line that changes."""
    del args
    about = _version(targets).about
    rows = [target for target in targets if target.key != VERSION]
    said = [
        *(f"These go back: {moves(about['back'], NAMED)}." for _ in about["back"][:1]),
        *(f"These are not in it: {listed(about['gone'], NAMED)}." for _ in about["gone"][:1]),
        *(f"These come back: {listed(about['comes'], NAMED)}." for _ in about["comes"][:1]),
    ]
    letters = dict.fromkeys([*about["letters"], *about["counts_now"], *about["counts"]])
    counts = tuple(
        (letter or "no status", f"{about['counts_now'].get(letter, 0)} → {about['counts'].get(letter, 0)}")
        for letter in letters
        if about["counts_now"].get(letter) or about["counts"].get(letter)
    )
    back = tuple((site, now, then) for site, now, then in about["back"])
    made: tuple[tuple[str, Value], ...] = (("Made", When(datetime.fromisoformat(about["at"]))),)
    made += (("By", f"{about['author']}: {about['said']}"),) if about["author"] else ()
    return (
        Facts(made),
        *(Text("\n".join(f"• {sentence}" for sentence in said)) for _ in said[:1]),
        Facts(counts, "Sites by status, now → then"),
        *((Table(("Site", "Now", "Then"), back, "Sites that go back"),) if len(back) > NAMED else ()),
        diff(tuple(rows)),
    )


def then(plan: str, args: Args, targets: Targets) -> tuple[Proposal, ...]:
    """Progress that was lost may be proved and set again."""
    del args
    lost = _version(targets).about["back"]
    return (Proposal("Re-apply proved progress", f"dedupe reapply {plan}"),) if lost else ()


def _version(targets: Targets) -> Target:
    return next(target for target in targets if target.key == VERSION)
