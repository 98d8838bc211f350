"""`batch delete NNN`: plan to move a batch's sites to the trash, the last resort."""

import click

from commands.line import Asked, line
from commands.ops import overview
from commands.ops.operations.delete import DELETE
from commands.ops.roles import Role
from commands.planning import planned
from commands.reply import Reply


@line(
    "batch delete",
    role=Role.operator,
    summary="Plan to delete a batch's sites, the last resort: to the trash, where they are until it is emptied.",
    examples=("batch delete 002",),
)
@click.argument("batch", metavar="NNN")
def delete(asked: Asked, batch: str) -> Reply:
    """An approver who did not ask types the batch's number; Undo works until the trash is emptied."""
    return planned(asked, DELETE, {"batch": overview.named(asked.house, batch)})
