"""`delete`: the sites of a batch go to the trash; without a way back once that is emptied. Args: `batch`, its name."""

from collections.abc import Iterator

from commands.ops.batches import archive_index
from commands.ops.disk import discarding, site_directory
from commands.ops.errors import Refusal, WrongUsage
from commands.ops.house import House
from commands.ops.operation import Args, Operation, Step, Target
from commands.ops.registry import registry

SITE = "site "


def look(house: House, args: Args) -> tuple[Target, ...]:
    """Each site of the batch that has files, bound to every name, size and time in it.

    Raises:
        Refusal: it is in progress, archived or deleted already, or its files cannot be moved.
        NotReadable: the host cannot be read.
        WrongUsage: none of its sites has files.
    """
    batch = args["batch"]
    rows = registry.read(house.settings, house.machine).sites(batch)
    ladder = house.settings.ladder
    busy = [
        site
        for site, of in rows.items()
        if {row.status for row in of} & {ladder.in_progress, ladder.designing}
    ]
    if busy:
        raise Refusal(
            f"Batch {batch} is in progress ({len(busy)} sites, {busy[0]} for one): it is not deleted."
        )
    if entry := archive_index.of_batch(house, batch):
        raise Refusal(f"Batch {batch} is {'archived' if entry.archive else 'deleted'} already.")
    discarding.nobody_at_work(house, batch, rows)
    discarding.check_trash(house)
    sites = house.machine.root / house.settings.tree.sites
    found = [(rows[site], one) for site in rows if (one := site_directory.read(sites, site))]
    if not found:
        raise WrongUsage(f"No site of batch {batch} has files: there is nothing to delete.")
    return tuple(
        Target(
            f"{SITE}{one.domain}",
            {"digest": one.digest},
            {
                "bytes": one.bytes,
                "status": of[0].status,
                "finalized": all(row.status == ladder.finalized for row in of),
            },
        )
        for of, one in found
    )


def steps(house: House, args: Args, targets: tuple[Target, ...]) -> Iterator[Step]:
    """Noted in the index first, so that none of them counts as lost, then moved."""
    digests = {target.key.removeprefix(SITE): str(target.identity["digest"]) for target in targets}
    yield Step(f"Move {len(digests)} sites to the trash", lambda: _delete(house, args["batch"], digests))


def undo(house: House, args: Args, targets: tuple[Target, ...]) -> tuple[str, Args] | None:
    """Back from the trash, until it is emptied."""
    del house, targets
    return ("unarchive", {"batch": args["batch"]})


def _delete(house: House, batch: str, digests: dict[str, str]) -> str:
    return discarding.to_trash(house, discarding.note(house, batch, digests), digests)


DELETE = Operation(
    "delete",
    "grave",
    look,
    lambda args, _targets: ("disk", f"batch {args['batch']}"),
    steps,
    undo,
    vanish="stale",
)
