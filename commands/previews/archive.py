"""The previews of archiving a batch, of bringing it back, and of emptying the trash."""

from commands.ops.operation import Args, Target
from commands.reply import Facts, Part, Proposal, Size, Table, Text, Value
from commands.wording.figures import count, listed, size

Targets = tuple[Target, ...]


def archive_title(args: Args, targets: Targets) -> str:
    """`archive batch 002: 7 sites (112 KiB) into .project-archive/Batch_002.tar.zst, then to the trash`."""
    sites = _sites(targets)
    taken = size(sum(int(target.about["bytes"]) for target in sites))
    return f"archive batch {args['batch']}: {count(len(sites), 'site')} ({taken}) into {_archive(targets)}, then to the trash"


def archive_parts(args: Args, targets: Targets) -> tuple[Part, ...]:
    """Room and way back in the summary, every site in the thread."""
    del args
    [archive] = [target for target in targets if target not in _sites(targets)]
    figures: list[tuple[str, Value]] = [
        ("The archive needs about", Size(archive.about["needs"])),
        ("Free", Size(archive.about["free"])),
        ("Verified", "read back and compared, byte by byte, before anything is moved"),
        ("Way back", "Undo, from the trash or out of the archive"),
    ]
    if archive.about["without"]:
        figures.append(("Without files", listed(archive.about["without"], 10)))
    rows = tuple((_name(target), Size(target.about["bytes"])) for target in _sites(targets))
    return (Facts(tuple(figures)), Table(("Site", "Size"), rows, "Exactly these sites"))


def archive_then(plan: str, args: Args, targets: Targets) -> tuple[Proposal, ...]:
    """The space is free when the trash is empty."""
    del plan, args, targets
    return (
        Proposal("Empty the trash", "batch clean trash", "confirm"),
        Proposal("Diagnose the disk", "batch disk"),
    )


def unarchive_title(args: Args, targets: Targets) -> str:
    """`bring back 7 sites of batch 002`; of a run that broke off before it moved any, what is left of it."""
    if not _sites(targets):
        return f"let go of what was begun with batch {args['batch']}; none of its sites has moved"
    return f"bring back {count(len(targets), 'site')} of batch {args['batch']}"


def unarchive_parts(args: Args, targets: Targets) -> tuple[Part, ...]:
    """Every site, and where it comes from."""
    del args
    if not _sites(targets):
        return (Text("An archive is removed only where every site is, byte by byte, what was packed."),)
    rows = tuple((_name(target), str(target.about["from"])) for target in targets)
    return (Table(("Site", "Comes from"), rows, "Exactly these sites"),)


def trash_title(args: Args, targets: Targets) -> str:
    """`empty the trash of batch 002 (112 KiB)`."""
    del args
    of = listed([str(target.about["batch"]) for target in targets])
    freed = size(sum(int(target.about["bytes"]) for target in targets))
    return f"empty the trash of {'batch' if len(targets) == 1 else 'batches'} {of} ({freed})"


def trash_parts(args: Args, targets: Targets) -> tuple[Part, ...]:
    """Each batch with the archive that has it."""
    del args
    rows = tuple(
        (
            str(target.about["batch"]),
            int(target.about["sites"]),
            Size(target.about["bytes"]),
            str(target.about["archive"]),
        )
        for target in targets
    )
    columns = ("Batch", "Sites", "Frees", "Archive that has it")
    return (
        Facts((("Way back", "Undo of the archive's plan, out of the archive"),)),
        Table(columns, rows, "Exactly this"),
    )


def _sites(targets: Targets) -> list[Target]:
    return [target for target in targets if target.key.startswith("site ")]


def _archive(targets: Targets) -> str:
    return next(target.key for target in targets if target.key.startswith("archive ")).removeprefix(
        "archive "
    )


def _name(target: Target) -> str:
    return target.key.removeprefix("site ")
