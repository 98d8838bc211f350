"""`redeploy wave N` and `redeploy site D…`: plan a relaunch of what has stopped."""

import click

from commands.line import Asked, batch_option, line
from commands.ops import agents, overview, registry
from commands.ops.errors import WrongUsage
from commands.ops.operations.redeploy import REDEPLOY
from commands.ops.roles import Role
from commands.ops.rows import Row
from commands.ops.sites import nearest
from commands.ops.wave_names import named
from commands.planning import planned
from commands.reply import Reply


@line(
    "redeploy wave",
    role=Role.operator,
    summary="Plan a relaunch of the unfinished sites of a wave that have no agent.",
    examples=("redeploy wave 5", "redeploy wave 5 --agents 10 --batch 001"),
)
@click.argument("wave", metavar="N")
@click.option(
    "--agents",
    "number",
    metavar="N",
    type=click.IntRange(1),
    help="At most so many; a whole wave's if left out.",
)
@batch_option
def redeploy_wave(asked: Asked, wave: str, number: int | None, batch: str | None) -> Reply:
    """Sites in progress without a living agent go back to designed first."""
    house = asked.house
    table = registry.read(house.settings, house.machine)
    chosen = overview.which(house, table, agents.read(house.settings, house.machine), batch)
    args = {
        "batch": chosen,
        "wave": named(table, chosen, wave),
        "sites": [],
        "agents": number or house.settings.agents.per_wave,
    }
    return planned(asked, REDEPLOY, args)


@line(
    "redeploy site",
    role=Role.operator,
    summary="Plan a relaunch of sites by name.",
    examples=("redeploy site lotus.dev",),
)
@click.argument("sites", nargs=-1, required=True, metavar="D")
@click.option(
    "--agents", "number", metavar="N", type=click.IntRange(1), help="At most so many; one a site if left out."
)
def redeploy_site(asked: Asked, sites: tuple[str, ...], number: int | None) -> Reply:
    """All of one batch; a site that an agent works on is refused."""
    house = asked.house
    table = registry.read(house.settings, house.machine)
    rows = {row.domain: row for row in table.rows}
    found = [_row(rows, site) for site in dict.fromkeys(sites)]
    of = sorted({row.batch for row in found})
    if len(of) != 1:
        raise WrongUsage(f"These sites are of the batches {', '.join(of)}: ask for one batch at a time.")
    most = min(len(found), house.settings.agents.per_wave)
    args = {"batch": of[0], "wave": None, "sites": [row.domain for row in found], "agents": number or most}
    return planned(asked, REDEPLOY, args)


def _row(rows: dict[str, Row], site: str) -> Row:
    if site in rows:
        return rows[site]
    near = nearest(site, rows)
    raise WrongUsage(f"There is no site {site[:60]}" + (f"; did you mean {near[0]}?" if near else "."))
