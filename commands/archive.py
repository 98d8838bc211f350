"""`batch archive NNN`: plan to pack a finalized batch, verify the archive, and move its sites to the trash."""

import click

from commands.line import Asked, line
from commands.ops import overview
from commands.ops.operations.archive import ARCHIVE_BATCH
from commands.ops.roles import Role
from commands.planning import planned
from commands.reply import Reply


@line(
    "batch archive",
    role=Role.operator,
    summary="Plan to archive a finalized batch: packed, read back and compared, then its sites go to the trash.",
    examples=("batch archive 002",),
)
@click.argument("batch", metavar="NNN")
def archive(asked: Asked, batch: str) -> Reply:
    """Exactly this batch's sites; Undo brings them back."""
    return planned(asked, ARCHIVE_BATCH, {"batch": overview.named(asked.house, batch)})
