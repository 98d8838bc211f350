"""`batch relieve`: one plan for a critical disk: hold launches, stop agents, wait for their end, clean."""

from commands.line import Asked, line
from commands.ops.operations.relieve import RELIEVE, args_of
from commands.ops.roles import Role
from commands.planning import planned
from commands.reply import Reply


@line(
    "batch relieve",
    role=Role.operator,
    summary="Plan to relieve a critical disk in one go: hold launches, stop agents, wait for them, clean temp, cache, trash.",
    examples=("batch relieve",),
)
def relieve(asked: Asked) -> Reply:
    """Everything on the ladder that costs nothing but time; the rungs above it are planned one by one."""
    return planned(asked, RELIEVE, args_of(asked.house, asked.ask.caller.name))
