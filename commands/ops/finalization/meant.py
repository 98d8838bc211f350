"""Which batch's finalization is meant."""

from collections.abc import Sequence

from commands.ops.agents import agents
from commands.ops.agents.agents import Agent
from commands.ops.batches import batches
from commands.ops.errors import NotReadable, WrongUsage
from commands.ops.house import House
from commands.ops.registry import registry


def meant(house: House, typed: str | None) -> str:
    """The batch that is meant: the named one; else the active one; else the only one that is finalized in part.

    Raises:
        WrongUsage: there is no such batch, or it cannot be told which one is meant.
        NotReadable: there is no registry to look at.
    """
    table = registry.read(house.settings, house.machine)
    known = batches.existing(house.settings, house.machine, table)
    if typed is not None:
        return batches.named(typed, known)
    try:
        return batches.active(table, known, [one.batch for one in _agents_known(house)])
    except WrongUsage:
        ladder = table.ladder
        counts = {batch: table.counts(batch) for batch in table.batches}
        waiting = [batch for batch in counts if counts[batch][ladder.implemented]]
        partly = [batch for batch in waiting if counts[batch][ladder.finalized]]
        if len(partly) == 1:
            return partly[0]
        these = f"; sites at {ladder.implemented} are in {', '.join(waiting)}" if waiting else ""
        raise WrongUsage(f"Which batch is meant? Name one, like batch finalize 001{these}.") from None


def _agents_known(house: House) -> Sequence[Agent]:
    try:
        return agents.read(house.settings, house.machine).agents
    except NotReadable:
        return ()
