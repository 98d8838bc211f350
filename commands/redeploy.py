"""`redeploy wave N`, `site D…`, `design D…` and `batch NNN`: plan a relaunch of what has stopped."""

from collections.abc import Callable

import click

from commands.line import Asked, batch_option, line
from commands.ops import overview
from commands.ops.agents import agents
from commands.ops.launches import preflight, redeployment
from commands.ops.launches.redeployment import Asking
from commands.ops.launches.relaunch import Task
from commands.ops.operations.redeploy import REDEPLOY
from commands.ops.registry import registry
from commands.ops.roles import Role
from commands.ops.waves import meant
from commands.planning import planned
from commands.reply import Reply


def agents_option(function: Callable[..., Reply]) -> Callable[..., Reply]:
    """`--agents N`, the most that a launch gets."""
    help_ = "At most so many; one a site, as far as memory allows, if left out."
    return click.option("--agents", "number", metavar="N", type=int, help=help_)(function)


def insist_option(function: Callable[..., Reply]) -> Callable[..., Reply]:
    """`--insist`: sites that an agent is at work on, too."""
    help_ = "Also sites that an agent is at work on: they are built twice."
    return click.option("--insist", is_flag=True, help=help_)(function)


@line(
    "redeploy wave",
    role=Role.operator,
    summary="Plan a relaunch of the unfinished sites of a wave that have no agent.",
    examples=("redeploy wave 5", "redeploy wave 5 --agents 10 --batch 001"),
)
@click.argument("wave", metavar="N")
@agents_option
@batch_option
@insist_option
def redeploy_wave(asked: Asked, wave: str, number: int | None, batch: str | None, *, insist: bool) -> Reply:
    """Sites in progress without a living agent go back to designed first."""
    house = asked.house
    preflight.allowed_agents(house, number)
    table = registry.read(house.settings, house.machine)
    chosen = overview.which(house, table, agents.read(house.settings, house.machine), batch)
    asking = Asking(chosen, "implement", number, insist=insist)
    return planned(
        asked, REDEPLOY, redeployment.of_wave(house, table, asking, meant.named(table, chosen, wave))
    )


@line(
    "redeploy site",
    role=Role.operator,
    summary="Plan a relaunch of sites by name.",
    examples=("redeploy site lotus.dev", "redeploy site lotus.dev fern.dev --agents 1"),
)
@click.argument("sites", nargs=-1, required=True, metavar="D")
@agents_option
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.IntRange(1, 86_400),
    help="How long an agent may work on a site, where the host's tool takes it.",
)
@insist_option
def redeploy_site(
    asked: Asked, sites: tuple[str, ...], number: int | None, timeout: int | None, *, insist: bool
) -> Reply:
    """All of one batch; a site that an agent works on is refused."""
    return _by_name(asked, sites, "implement", number, timeout, insist=insist)


@line(
    "redeploy design",
    role=Role.operator,
    summary="Plan the design of sites anew, by name.",
    examples=("redeploy design lotus.dev",),
)
@click.argument("sites", nargs=-1, required=True, metavar="D")
@agents_option
@insist_option
def redeploy_design(asked: Asked, sites: tuple[str, ...], number: int | None, *, insist: bool) -> Reply:
    """Sites in design, designed, or in progress without a living agent go back to planned first."""
    return _by_name(asked, sites, "design", number, insist=insist)


@line(
    "redeploy batch",
    role=Role.operator,
    summary="Plan a relaunch of a batch, wave by wave: the next one when the last is healthy.",
    examples=("redeploy batch 001", "redeploy batch 001 --agents 10"),
)
@click.argument("batch", metavar="NNN")
@agents_option
@insist_option
def redeploy_batch(asked: Asked, batch: str, number: int | None, *, insist: bool) -> Reply:
    """Every wave with unfinished sites that have no agent, in one plan."""
    house = asked.house
    preflight.allowed_agents(house, number)
    table = registry.read(house.settings, house.machine)
    chosen = overview.which(house, table, None, batch)
    asking = Asking(chosen, "implement", number, insist=insist)
    return planned(asked, REDEPLOY, redeployment.of_batch(house, table, asking))


def _by_name(  # noqa: PLR0913 - what two lines share
    asked: Asked,
    sites: tuple[str, ...],
    task: Task,
    number: int | None,
    timeout: int | None = None,
    *,
    insist: bool,
) -> Reply:
    preflight.allowed_agents(asked.house, number)
    table = registry.read(asked.house.settings, asked.house.machine)
    names = tuple(dict.fromkeys(sites))
    batch = redeployment.batch_of(table, names)
    asking = Asking(batch, task, number, insist=insist, timeout=timeout)
    return planned(asked, REDEPLOY, redeployment.of_sites(asked.house, table, asking, names))
