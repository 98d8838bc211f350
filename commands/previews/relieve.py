"""The preview of a relief: what is stopped, what goes, what it frees, and what of it can be taken back."""

from commands.ops.operation import Args, Target
from commands.reply import Facts, Part, Proposal, Size, Table, Text, Value
from commands.wording.figures import count, listed, size

Targets = tuple[Target, ...]
SHOWN = 50
PROCESS = "process "


def title(args: Args, targets: Targets) -> str:
    """`hold launches, end 3 processes, wait for their end, and delete 27 old files (64 MiB)`."""
    del args
    processes, files, trash = _sorted(targets)
    doing = ["hold launches"]
    if processes:
        doing += [f"end {count(len(processes), 'process', 'processes')}", "wait for their end"]
    if files:
        doing.append(f"delete {count(len(files), 'old file')} ({size(_frees(files))})")
    if trash:
        doing.append(f"empty the trash of {_batches(trash)} ({size(_frees(trash))})")
    return listed(doing, len(doing))


def parts(args: Args, targets: Targets) -> tuple[Part, ...]:
    """Gain and ways back in the summary; each process and the biggest files in the thread."""
    processes, files, trash = _sorted(targets)
    figures: list[tuple[str, Value]] = [
        ("Frees", Size(_frees((*files, *trash)))),
        ("Hold", "is there already, and stays" if _held(targets) else "Undo lifts it"),
        *(
            [("Ended processes", "not undone: a redeploy builds what they have not finished")]
            if processes
            else []
        ),
        *([("Deleted files", "no way back, they are deleted outright")] if files else []),
        *([("Trash", "no way back into it; the archives have it all")] if trash else []),
    ]
    shown: list[Part] = [Facts(tuple(figures))]
    if any(one["smallest"] for one in args["cleans"]):
        shown.append(Text("There are more leftovers than one plan takes: the biggest go first."))
    if processes:
        shown.append(_processes(processes))
    biggest = sorted((*files, *trash), key=lambda one: -int(one.about["bytes"]))
    rows = tuple((one.key, Size(one.about["bytes"])) for one in biggest[:SHOWN])
    return (*shown, Table(("Path", "Size"), rows, f"The biggest of {len(biggest):,}"))


def then(plan: str, args: Args, targets: Targets) -> tuple[Proposal, ...]:
    """See what it brought, and what is left to do."""
    del plan, args, targets
    return (Proposal("Diagnose the disk", "batch disk"), Proposal("Show status", "batch status"))


def _sorted(targets: Targets) -> tuple[Targets, Targets, Targets]:
    """Processes, files, batches in the trash."""
    processes = tuple(one for one in targets if one.key.startswith(PROCESS))
    files = tuple(one for one in targets if one.identity.get("kind") not in (None, "directory"))
    return processes, files, tuple(one for one in targets if "sha256" in one.identity)


def _held(targets: Targets) -> bool:
    return any(one.about.get("held") for one in targets)


def _frees(targets: Targets) -> int:
    return sum(int(one.about.get("frees", one.about["bytes"])) for one in targets)


def _batches(trash: Targets) -> str:
    named = listed([str(one.about["batch"]) for one in trash])
    return f"{'batch' if len(trash) == 1 else 'batches'} {named}"


def _processes(processes: Targets) -> Table:
    rows = tuple(
        (
            str(one.about["role"]),
            one.key.removeprefix(PROCESS),
            one.about.get("site") or "",
            Size(one.about["rss_bytes"]),
        )
        for one in processes
    )
    return Table(("Role", "PID", "Site", "Memory"), rows, "Exactly these are ended, gently first")
