"""`batch backup`: a copy of the registry now, and the copies that there are."""

from collections.abc import Sequence

import click

from commands.deed import written
from commands.line import Asked, line
from commands.ops.edits import backups
from commands.ops.edits.backups import Backup
from commands.ops.registry import registry
from commands.ops.roles import Role
from commands.ops.versions import beside
from commands.reply import Facts, Proposal, Reply, Size, Table, Value, When
from commands.wording.figures import count, size

NOTHING_DONE = "This would copy the registry. Nothing was done."


@line(
    "batch backup",
    role=Role.operator,
    summary="Copy the registry now; or list the copies, those made before each edit too.",
    examples=("batch backup", "batch backup --list"),
)
@click.option("--list", "only_list", is_flag=True, help="Make none; list those that there are.")
def backup(asked: Asked, *, only_list: bool) -> Reply:
    """At once: it changes nothing on the host."""
    made = None if only_list or asked.ask.dry_run else _made(asked)
    copies = backups.listed(asked.house.settings)
    hand_made = beside.found(asked.house.settings, asked.house.machine)
    kept = asked.house.settings.limits.backups_kept
    rows = [(one.name, When(one.at), Size(one.size)) for one in copies]
    rows += (
        [(f"{hand_made.name}, made by hand", When(hand_made.at), Size(hand_made.size))] if hand_made else []
    )
    problems = written(asked, "backup", "registry", path=made.path.name) if made else ()
    return Reply(
        "fine",
        _headline(made, len(rows), kept) if made or only_list else NOTHING_DONE,
        "ok" if made else "info",
        facts={
            "path": str(made.path) if made else None,
            "bytes": made.size if made else None,
            "kept": kept,
            "copies": [
                {"name": one.path.name, "at": one.at.isoformat(), "bytes": one.size} for one in copies
            ],
            "by_hand": str(hand_made.path) if hand_made else None,
        },
        parts=(*((_table(rows),) if rows else ()), *_where(made)),
        proposals=(Proposal("Show what to go back to", "dedupe restore"),),
        problems=problems,
    )


def _made(asked: Asked) -> Backup:
    house = asked.house
    data = registry.read(house.settings, house.machine).data()
    return backups.save(house.settings, data, house.clock.now())


def _headline(made: Backup | None, number: int, kept: int) -> str:
    if made is None:
        return f"{count(number, 'copy', 'copies')} of the registry; the newest {kept} of ours are kept."
    return (
        f"The registry is copied: {made.name}, {size(made.size)} compressed. There"
        f" {'is' if number == 1 else 'are'} {count(number, 'copy', 'copies')}; the newest {kept} of ours are kept."
    )


def _where(made: Backup | None) -> tuple[Facts, ...]:
    return (Facts((("File", str(made.path)),), "The new copy", evidence=True),) if made else ()


def _table(rows: Sequence[tuple[Value, ...]]) -> Table:
    return Table(("Copy", "Made", "Size"), tuple(rows), "Copies of the registry")
