"""`batch hold`: no new launches from now on; agents that run finish."""

import click

from commands.deed import written
from commands.line import Asked, line
from commands.ops import hold
from commands.ops.roles import Role
from commands.reply import Proposal, Reply


@line(
    "batch hold",
    summary="No new launches from now on; agents that run finish.",
    examples=("batch hold", 'batch hold --reason "disk is filling"'),
    role=Role.operator,
    lane="urgent",
)
@click.option("--reason", metavar="TEXT", default="", help="Why; whoever wants to launch will read it.")
def hold_line(asked: Asked, reason: str) -> Reply:
    """At once: it takes nothing from anybody, and its way back is one line."""
    if asked.ask.dry_run:
        return Reply(
            "fine", "This would hold all launches. Nothing was done.", "info", facts={"state": "proposed"}
        )
    placed = hold.place(asked.house, asked.ask.caller.name, reason)
    problems = written(asked, "held", reason=reason)
    headline = (
        "Launches are on hold; agents that run finish."
        if placed.fresh
        else f"Launches were on hold already, {placed.hold.sentence}."
    )
    return Reply(
        "fine",
        headline,
        "warning",
        facts={"hold": True, "fresh": placed.fresh},
        proposals=(Proposal("Resume", "batch resume"),),
        problems=problems,
    )
