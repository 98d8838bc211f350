"""Previews: what a person sees of a plan before deciding, made from its exact targets; one entry an operation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from commands.ops.operation import Args, Target
from commands.previews import (
    archive,
    clean,
    compress,
    dedupe,
    delete,
    finalize,
    redeploy,
    relieve,
    restore,
    rows as row_preview,
)
from commands.reply import Part, Proposal, Table, Value
from commands.wording.figures import count

Targets = tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """How an operation is told.

    title: what it does, without a full stop. before: what to know before deciding, each a sentence; told no more once
    it has begun. parts: the exact targets. then: what one may do once it is done, by the plan's id.
    beside: what one may do with a pending plan, by its id, beside deciding on it.
    """

    title: Callable[[Args, Targets], str]
    parts: Callable[[Args, Targets], tuple[Part, ...]]
    before: Callable[[Args, Targets], Sequence[str]] = lambda _args, _targets: ()
    then: Callable[[str, Args, Targets], tuple[Proposal, ...]] = lambda _plan, _args, _targets: ()
    beside: Callable[[str, Targets], tuple[Proposal, ...]] = lambda _plan, _targets: ()


def preview_of(operation: str) -> Preview:
    """The preview of an operation; a plain list of targets where it has none of its own."""
    return PREVIEWS.get(operation, PLAIN)


def listed_targets(targets: Targets) -> tuple[Part, ...]:
    """Every target, by its key and what is known of it."""
    names = list(dict.fromkeys(name for target in targets for name in target.about))
    rows = tuple((target.key, *(_cell(target.about.get(name)) for name in names)) for target in targets)
    return (
        Table(("Target", *(name.replace("_", " ").capitalize() for name in names)), rows, "Exactly this"),
    )


def _cell(value: object) -> Value:
    return value if isinstance(value, str | int | float) or value is None else str(value)


def _plain_title(args: Args, targets: Targets) -> str:
    del args
    return f"change {count(len(targets), 'target')}"


PLAIN = Preview(_plain_title, lambda _args, targets: listed_targets(targets))


PREVIEWS: Mapping[str, Preview] = {
    "dedupe": Preview(
        dedupe.title,
        dedupe.parts,
        before=dedupe.before,
        beside=dedupe.beside,
    ),
    "redeploy": Preview(redeploy.title, redeploy.parts, then=redeploy.then),
    "clean": Preview(clean.title, clean.parts, then=clean.then),
    "archive": Preview(archive.archive_title, archive.archive_parts, then=archive.archive_then),
    "unarchive": Preview(archive.unarchive_title, archive.unarchive_parts),
    "empty_trash": Preview(archive.trash_title, archive.trash_parts, then=clean.then),
    "compress": Preview(compress.pack_title, compress.pack_parts, then=clean.then),
    "expand": Preview(compress.unpack_title, compress.unpack_parts),
    "delete": Preview(
        delete.delete_title,
        delete.delete_parts,
        before=delete.before,
        then=delete.delete_then,
    ),
    "empty_deleted": Preview(delete.empty_title, delete.empty_parts, then=clean.then),
    "finalize": Preview(
        finalize.title,
        finalize.parts,
        before=finalize.before,
        then=finalize.then,
    ),
    "relieve": Preview(relieve.title, relieve.parts, then=relieve.then),
    "restore": Preview(restore.title, restore.parts, before=restore.before, then=restore.then),
    "mark": Preview(row_preview.mark_title, row_preview.mark_parts),
    "undo": Preview(row_preview.undo_title, row_preview.undo_parts),
    "hold": Preview(lambda _args, _targets: "hold all launches; running agents finish", lambda _a, _t: ()),
    "resume": Preview(lambda _args, _targets: "lift the hold on launches", lambda _a, _t: ()),
    "stop": Preview(
        lambda _args, targets: (
            f"end {count(len(targets), 'process', 'processes')} gently (TERM, then KILL after a grace)"
        ),
        lambda _args, targets: listed_targets(targets),
    ),
}
