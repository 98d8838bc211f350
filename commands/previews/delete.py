"""The previews of deleting a batch, and of emptying the trash of it."""

from commands.ops.operation import Args, Target
from commands.reply import Facts, Part, Proposal, Size, Table
from commands.wording.figures import count, size

Targets = tuple[Target, ...]


def delete_title(args: Args, targets: Targets) -> str:
    """`delete batch 002: 7 sites (84 KiB) go to the trash`."""
    taken = size(sum(int(target.about["bytes"]) for target in targets))
    return f"delete batch {args['batch']}: {count(len(targets), 'site')} ({taken}) go to the trash"


def before(args: Args, targets: Targets) -> tuple[str, ...]:
    """Work that is not done yet goes as well."""
    open_ = sum(not target.about.get("finalized", True) for target in targets)
    if not open_:
        return ()
    of = f"{open_} of these {count(len(targets), 'site')}"
    return (f"Batch {args['batch']} is not done: {of} {'is' if open_ == 1 else 'are'} not finalized.",)


def delete_parts(args: Args, targets: Targets) -> tuple[Part, ...]:
    """What stays and the way back in the summary, every site in the thread."""
    figures = (
        ("Way back", "Undo, until the trash is emptied; there is no archive of it"),
        ("Stays", f"its rows in the registry, its designs, and Batch_{args['batch']}.md"),
    )
    rows = tuple(
        (target.key.removeprefix("site "), str(target.about["status"]), Size(target.about["bytes"]))
        for target in targets
    )
    return (Facts(figures), Table(("Site", "Status", "Size"), rows, "Exactly these sites"))


def delete_then(plan: str, args: Args, targets: Targets) -> tuple[Proposal, ...]:
    """Nothing is freed until the trash is emptied."""
    del plan, targets
    return (Proposal(f"Remove {args['batch']} for good", f"batch clean trash {args['batch']}", "grave"),)


def empty_title(args: Args, targets: Targets) -> str:
    """`remove deleted batch 002 (84 KiB) from the trash, for good`."""
    taken = size(sum(int(target.about["bytes"]) for target in targets))
    return f"remove deleted batch {args['batch']} ({taken}) from the trash, for good"


def empty_parts(args: Args, targets: Targets) -> tuple[Part, ...]:
    """Each of its sites."""
    del args
    rows = tuple((site,) for target in targets for site in sorted(target.identity["sites"]))
    return (Facts((("Way back", "none"),)), Table(("Site",), rows, "Exactly these sites"))
