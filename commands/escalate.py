"""`escalate [text]`: the escalation post."""

import click

from commands.later_lines import not_yet
from commands.line import Asked, line
from commands.ops.roles import Role
from commands.reply import Proposal, Reply


@line(
    "escalate",
    role=Role.operator,
    summary="Hand over to the people on call (not built yet: says what it will do).",
    examples=("escalate wave 5 lost its agents twice",),
)
@click.argument("text", nargs=-1, metavar="TEXT")
def escalate(asked: Asked, text: tuple[str, ...]) -> Reply:
    """What it will do once built."""
    del asked, text
    return not_yet(
        "escalate",
        "open a form that is filled in already (issue, impact, attempts, current state) and post it to the people on call",
        Proposal("Show status", "batch status"),
    )
