"""`clean`: old temp files, or the old of the design cache, that nobody has open are deleted outright.

Args: `what`, `temp` or `cache`; `before`, a moment: what was changed after it stays; `in_use`, paths that were open
when it was asked, and stay; `smallest`, bytes and path of the last entry that is taken, or None where all are;
`left`, how many entries stay, by reason, and `young`,
the first of those that were changed too lately, for people.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from commands.ops.disk import cleaning, deleting, disk
from commands.ops.disk.cleaning import Leftovers, What
from commands.ops.errors import OperationFailed, WrongUsage
from commands.ops.house import House
from commands.ops.machine.files.trees import Entry
from commands.ops.operation import Args, Operation, Step, Target
from commands.ops.operations import entry_targets
from commands.ops.sizes import size

MOST = 5000  # entries of one plan, the biggest first
YOUNG_NAMED = 20  # that were changed too lately to go
AT_ONCE = 500  # that are removed between two looks at who has them open, and two chances to abort


def args_of(house: House, what: What, plans: int = 1) -> Args:
    """What may go as of now; `plans`: how many cleanups share the room that is set aside for one plan.

    Raises:
        NotReadable: the host cannot be read.
        WrongUsage: there is nothing.
    """
    keep = house.settings.cleaning.keep_seconds
    before = house.clock.now() - timedelta(seconds=keep)
    found = cleaning.look(house, what, before, cleaning.opened(house))
    if not found.gone:
        stays = ", ".join(f"{number} {why}" for why, number in _left(found).items())
        raise WrongUsage(
            f"There is nothing to clean in {found.directory}{f': {stays} stay' if stays else ''}."
        )
    return {
        "what": what,
        "before": before.isoformat(),
        "in_use": list(found.in_use),
        "smallest": entry_targets.smallest(house, found.gone, MOST, plans),
        "left": _left(found),
        "young": list(found.young[:YOUNG_NAMED]),
    }


def look(house: House, args: Args) -> tuple[Target, ...]:
    """Each entry that may go, bound to its inode, size and time; one that was opened or changed since is gone from it."""
    before = datetime.fromisoformat(args["before"])
    found = cleaning.look(house, args["what"], before, cleaning.opened(house))
    opened = set(args["in_use"])
    return tuple(
        entry_targets.target_of(f"{found.directory}/{entry.path}", entry)
        for entry in found.gone
        if entry.path not in opened and entry_targets.is_taken(entry, args["smallest"])
    )


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """Remove them, so many at once, and see what it brought."""
    directory = cleaning.directory_of(house, args["what"])
    entries = [entry_targets.entry_of(target) for target in targets]
    before = disk.read(house.settings, house.machine).free_bytes
    for first in range(0, len(entries), AT_ONCE):
        part = entries[first : first + AT_ONCE]
        title = f"Delete {first + 1} to {first + len(part)} of {len(entries)}"
        yield Step(title, lambda part=part: _delete(house, directory, part))  # type: ignore[misc]
    yield Step("Look at the disk", lambda: _look_again(house, before), abortable=False)


def _delete(house: House, directory: str, entries: list[Entry]) -> str:
    done = deleting.delete(house, directory, entries)
    said = deleting.in_words(done, size(done.freed_bytes))
    if done.failed:
        raise OperationFailed(f"Not all could be removed: {said}.")
    return f"{said}."


def _look_again(house: House, before: int | None) -> str:
    now = disk.read(house.settings, house.machine)
    if now.free_bytes is None or before is None:
        return "How much is free now cannot be told."
    return f"{size(now.free_bytes)} free now, {size(before)} before; the disk is at {now.level}."


def _left(found: Leftovers) -> dict[str, int]:
    counts = {"in use": found.in_use, "too young": found.young, "no plain file": found.special}
    return {why: len(paths) for why, paths in counts.items() if paths}


CLEAN = Operation("clean", "confirm", look, lambda _args, _targets: ("disk",), steps)
