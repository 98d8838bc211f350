"""`empty_trash`: what a verified archive has is removed from the trash; its way back is the archive. No args."""

from collections.abc import Iterator

from commands.ops import disk, trash
from commands.ops.house import House
from commands.ops.operation import Args, Operation, Step, Target

MIB = 1024**2


def look(house: House, args: Args) -> tuple[Target, ...]:
    """Each batch in the trash whose archive is there, bound to its files and to the archive's checksum."""
    del args
    return tuple(
        Target(
            one.entry.trash,
            {"sites": one.digests, "sha256": one.entry.sha256},
            {
                "batch": one.entry.batch,
                "sites": len(one.digests),
                "bytes": one.bytes,
                "archive": one.entry.archive,
            },
        )
        for one in trash.archived(house)
    )


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """Batch by batch."""
    del args
    for target in targets:
        yield Step(f"Remove batch {target.about['batch']}", lambda target=target: _remove(house, target))  # type: ignore[misc]


def _remove(house: House, target: Target) -> str:
    trash.empty(house, target.key)
    free = disk.read(house.settings, house.machine).free_bytes
    now = "" if free is None else f"; {free / MIB:,.1f} MiB are free now"
    return f"{target.about['sites']} sites removed, {target.about['archive']} has them{now}."


EMPTY_TRASH = Operation("empty_trash", "confirm", look, lambda _args, _targets: ("disk",), steps)
