"""`batch compress NNN`: plan to pack a batch's site files one by one, only if desperate."""

import click

from commands.line import Asked, line
from commands.ops import overview
from commands.ops.operations.compress import COMPRESS, args_of
from commands.ops.roles import Role
from commands.planning import planned
from commands.reply import Reply


@line(
    "batch compress",
    role=Role.operator,
    summary="Plan to pack a batch's site files one by one, only if desperate: they cannot be served until unpacked.",
    examples=("batch compress 002",),
)
@click.argument("batch", metavar="NNN")
def compress(asked: Asked, batch: str) -> Reply:
    """An approver who did not ask decides; Undo unpacks them."""
    return planned(asked, COMPRESS, args_of(asked.house, overview.named(asked.house, batch)))
