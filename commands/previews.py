"""Previews: what a person sees of a plan before deciding, made from its exact targets; one entry an operation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from commands import (
    archive_preview,
    clean_preview,
    compress_preview,
    dedupe_preview,
    delete_preview,
    finalize_preview,
    redeploy_preview,
    relieve_preview,
    restore_preview,
    row_preview,
)
from commands.ops.operation import Args, Target
from commands.reply import Part, Proposal, Table, Value
from commands.wording import count

Targets = tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """How an operation is told.

    title: what it does, without a full stop. parts: the exact targets. then: what one may do once it is done, by the plan's id.
    beside: what one may do with a pending plan, by its id, beside deciding on it.
    """

    title: Callable[[Args, Targets], str]
    parts: Callable[[Args, Targets], tuple[Part, ...]]
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
    "dedupe": Preview(dedupe_preview.title, dedupe_preview.parts, beside=dedupe_preview.beside),
    "redeploy": Preview(redeploy_preview.title, redeploy_preview.parts, then=redeploy_preview.then),
    "clean": Preview(clean_preview.title, clean_preview.parts, then=clean_preview.then),
    "archive": Preview(
        archive_preview.archive_title, archive_preview.archive_parts, then=archive_preview.archive_then
    ),
    "unarchive": Preview(archive_preview.unarchive_title, archive_preview.unarchive_parts),
    "empty_trash": Preview(archive_preview.trash_title, archive_preview.trash_parts, then=clean_preview.then),
    "compress": Preview(compress_preview.pack_title, compress_preview.pack_parts, then=clean_preview.then),
    "expand": Preview(compress_preview.unpack_title, compress_preview.unpack_parts),
    "delete": Preview(
        delete_preview.delete_title, delete_preview.delete_parts, then=delete_preview.delete_then
    ),
    "empty_deleted": Preview(delete_preview.empty_title, delete_preview.empty_parts, then=clean_preview.then),
    "finalize": Preview(finalize_preview.title, finalize_preview.parts, then=finalize_preview.then),
    "relieve": Preview(relieve_preview.title, relieve_preview.parts, then=relieve_preview.then),
    "restore": Preview(restore_preview.title, restore_preview.parts, then=restore_preview.then),
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
