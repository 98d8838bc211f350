"""`unarchive`: the way back of an archived or deleted batch. Args: `batch`, its name."""

from collections.abc import Iterator

from commands.ops.disk import unarchiving
from commands.ops.house import House
from commands.ops.operation import Args, Operation, Step, Target

SITE, NOTED = "site ", "index "


def look(house: House, args: Args) -> tuple[Target, ...]:
    """Each site that is not in its place, bound to where it comes from; where all are, what is noted of the batch.

    Raises:
        Refusal: the archive is needed, and gone or another.
        WrongUsage: the batch is neither archived nor deleted.
    """
    entry = unarchiving.entry_of(house, args["batch"])
    found = tuple(unarchiving.absent(house, entry))
    if any(one.source == "archive" for one in found):
        unarchiving.check(house, entry)
    if not found and unarchiving.is_unmoved(house, entry):
        return (Target(f"{NOTED}{entry.batch}", {"sha256": entry.sha256, "trash": entry.trash}),)
    return tuple(
        Target(f"{SITE}{one.domain}", {"from": one.source, "digest": one.digest}, {"from": one.source})
        for one in found
    )


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """What the trash has is moved back, the rest is unpacked; then the archive goes, if all is as it was."""
    entry = unarchiving.entry_of(house, args["batch"])
    trash, archive = (
        [target.key.removeprefix(SITE) for target in targets if target.identity.get("from") == source]
        for source in ("trash", "archive")
    )
    if trash:
        yield Step("Move sites back from the trash", lambda: unarchiving.from_trash(house, entry, trash))
    if archive:
        yield Step("Unpack sites from the archive", lambda: unarchiving.from_archive(house, entry, archive))
    last = "Compare with the archive, and let it go" if entry.archive else "Look whether all is back"
    yield Step(last, lambda: unarchiving.let_go(house, entry), abortable=False)


UNARCHIVE = Operation(
    "unarchive", "confirm", look, lambda args, _targets: ("disk", f"batch {args['batch']}"), steps
)
