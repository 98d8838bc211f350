"""`batch clean temp`, `cache` and `trash`: plan to delete what was left behind, and what an archive has."""

import click

from commands.line import Asked, line
from commands.ops import overview
from commands.ops.operations.clean import CLEAN, args_of
from commands.ops.operations.empty_trash import EMPTY_DELETED, EMPTY_TRASH
from commands.ops.roles import Role
from commands.planning import planned
from commands.reply import Reply


@line(
    "batch clean temp",
    role=Role.operator,
    summary="Plan to delete agents' temp files that are old and that nobody has open.",
    examples=("batch clean temp",),
)
def clean_temp(asked: Asked) -> Reply:
    """Files in use, and those changed lately, stay."""
    return planned(asked, CLEAN, args_of(asked.house, "temp"))


@line(
    "batch clean cache",
    role=Role.operator,
    summary="Plan to delete what is old in the design cache and that nobody has open.",
    examples=("batch clean cache",),
)
def clean_cache(asked: Asked) -> Reply:
    """Files in use, and those changed lately, stay; designing fills it again."""
    return planned(asked, CLEAN, args_of(asked.house, "cache"))


@line(
    "batch clean trash",
    role=Role.operator,
    summary="Plan to empty the trash of archived batches, which their archives still have; with NNN, of a deleted one, for good.",
    examples=("batch clean trash", "batch clean trash 002"),
)
@click.argument("batch", required=False, metavar="NNN")
def clean_trash(asked: Asked, batch: str | None) -> Reply:
    """Each archive is checked again before anything goes; a deleted batch has none."""
    if batch is None:
        return planned(asked, EMPTY_TRASH, {})
    return planned(asked, EMPTY_DELETED, {"batch": overview.named(asked.house, batch)})
