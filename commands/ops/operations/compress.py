"""`compress`: site files of a batch are packed one by one, which keeps them from being served; and `expand`, its way back.

Args of `compress`: `batch`, its name; `smallest`, bytes and path of the last file that is taken, or None where all are.
Of `expand`: `batch`; `files`, paths below the sites' directory as they were.
"""

from collections.abc import Callable, Iterator, Sequence

from commands.ops.disk import disk, packing
from commands.ops.errors import WrongUsage
from commands.ops.house import House
from commands.ops.machine.files.trees import Entry
from commands.ops.operation import Args, Operation, Step, Target
from commands.ops.operations.entry_targets import entry_of, is_taken, smallest, target_of
from commands.ops.sizes import size

MOST = 5000  # files of one plan, the biggest first
AT_ONCE = 100  # between two chances to abort


def args_of(house: House, batch: str) -> Args:
    """What one plan takes of a batch.

    Raises:
        OpsError: as `packing.worth_it`.
    """
    return {"batch": batch, "smallest": smallest(house, packing.worth_it(house, batch), MOST)}


def look(house: House, args: Args) -> tuple[Target, ...]:
    """Each file that may take less, bound to its inode, size and time.

    Raises:
        WrongUsage: there is none.
    """
    found = [one for one in packing.worth_it(house, args["batch"]) if is_taken(one, args["smallest"])]
    if not found:
        raise WrongUsage(f"No file of batch {args['batch']} takes less space when packed: nothing is gained.")
    return _targets(house, sorted(found, key=lambda entry: (-entry.bytes, entry.path)))


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """Pack them, so many at once, and see what it brought."""
    del args
    yield from _in_parts(house, targets, "Pack", packing.pack)
    yield Step("Look at the disk", lambda: _free(house), abortable=False)


def undo(house: House, args: Args, targets: tuple[Target, ...]) -> tuple[str, Args] | None:
    """Unpack what was packed."""
    del house
    return ("expand", {"batch": args["batch"], "files": [target.about["path"] for target in targets]})


def look_packed(house: House, args: Args) -> tuple[Target, ...]:
    """Each file that is packed still, and not there unpacked."""
    return _targets(house, list(packing.packed(house, args["files"])))


def expand(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """Unpack them, so many at once."""
    del args
    yield from _in_parts(house, targets, "Unpack", packing.unpack)


def _in_parts(
    house: House, targets: tuple[Target, ...], verb: str, work: Callable[[House, Sequence[Entry]], str]
) -> Iterator[Step]:
    entries = [entry_of(target) for target in targets]
    for first in range(0, len(entries), AT_ONCE):
        part = entries[first : first + AT_ONCE]
        title = f"{verb} {first + 1} to {first + len(part)} of {len(entries)}"
        yield Step(title, lambda part=part: work(house, part))  # type: ignore[misc]


def _targets(house: House, entries: Sequence[Entry]) -> tuple[Target, ...]:
    sites = house.settings.tree.sites
    return tuple(target_of(f"{sites}/{entry.path}", entry) for entry in entries)


def _free(house: House) -> str:
    free = disk.read(house.settings, house.machine).free_bytes
    return "How much is free now cannot be told." if free is None else f"{size(free)} are free now."


def _locks(args: Args, targets: tuple[Target, ...]) -> tuple[str, ...]:
    del targets
    return ("disk", f"batch {args['batch']}")


COMPRESS = Operation("compress", "second", look, _locks, steps, undo)
EXPAND = Operation("expand", "confirm", look_packed, _locks, expand)
