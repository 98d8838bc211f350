"""`redeploy …`: relaunch a wave, sites, designs or a batch."""

import click

from commands.later_lines import not_yet
from commands.line import Asked, line
from commands.ops.roles import Role
from commands.reply import Proposal, Reply


@line(
    "redeploy",
    role=Role.operator,
    summary="Plan a relaunch of what has stopped (not built yet: says what it will do).",
    examples=("redeploy wave 5",),
)
@click.argument("target", nargs=-1, metavar="WHAT")
def redeploy(asked: Asked, target: tuple[str, ...]) -> Reply:
    """What it will do once built."""
    del asked
    return not_yet(
        " ".join(("redeploy", *target)),
        "preview which unfinished sites get new agents, wait for a click on Approve, and follow the wave until it recovers",
        Proposal("Show status", "batch status"),
    )
