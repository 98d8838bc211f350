"""`empty_trash`: what a verified archive has is removed from the trash; its way back is the archive. No args.

`empty_deleted`: a deleted batch is removed from the trash, for good. Args: `batch`, its name.
"""

from collections.abc import Iterator

from commands.ops.disk import disk, trash
from commands.ops.disk.trash import Trashed
from commands.ops.errors import WrongUsage
from commands.ops.house import House
from commands.ops.operation import Args, Operation, Step, Target
from commands.ops.sizes import size


def look(house: House, args: Args) -> tuple[Target, ...]:
    """Each batch in the trash whose archive is there, bound to its files and to the archive's checksum."""
    del args
    return tuple(map(_target, trash.verified(house)))


def look_deleted(house: House, args: Args) -> tuple[Target, ...]:
    """The batch, bound to its files.

    Raises:
        WrongUsage: it is not in the trash, or was archived.
    """
    if found := trash.deleted(house, args["batch"]):
        return (_target(found),)
    raise WrongUsage(f"There is nothing to do: no deleted batch {args['batch']} is in the trash.")


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """Batch by batch."""
    del args
    for target in targets:
        yield Step(f"Remove batch {target.about['batch']}", lambda target=target: _remove(house, target))  # type: ignore[misc]


def _target(found: Trashed) -> Target:
    entry = found.entry
    about = {
        "batch": entry.batch,
        "sites": len(found.digests),
        "bytes": found.bytes,
        "archive": entry.archive or "none",
    }
    return Target(entry.trash, {"sites": found.digests, "sha256": entry.sha256}, about)


def _remove(house: House, target: Target) -> str:
    trash.empty(house, target.key)
    free = disk.read(house.settings, house.machine).free_bytes
    now = "" if free is None else f"; {size(free)} are free now"
    return f"{target.about['sites']} sites removed, archive of them: {target.about['archive']}{now}."


EMPTY_TRASH = Operation("empty_trash", "confirm", look, lambda _args, _targets: ("disk",), steps)
EMPTY_DELETED = Operation("empty_deleted", "grave", look_deleted, lambda _args, _targets: ("disk",), steps)
