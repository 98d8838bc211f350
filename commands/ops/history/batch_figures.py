"""A batch's figures at one look: its sites by status, its agents, and those of each wave."""

from collections import Counter

from commands.ops.agents.agents import Seen
from commands.ops.history.samples import Figures
from commands.ops.registry.registry import Registry


def name_of(batch: str) -> str:
    """What a batch's samples are called: `batch 001`."""
    return f"batch {batch}"


def figures(table: Registry, seen: Seen | None, batch: str) -> Figures:
    """`{"counts": {"i": 25, …}, "agents": 25, "waves": {"5": 25}}`; agents are null where they cannot be read.

    An agent whose command line tells no batch counts for each.
    """
    own = [agent for agent in seen.agents if agent.batch in (None, batch)] if seen else []
    waves = Counter(str(agent.wave) for agent in own if agent.wave is not None)
    return {
        "counts": table.counts(batch),
        "agents": len(own) if seen else None,
        "waves": dict(waves) if seen else None,
    }


def active(table: Registry, seen: Seen | None) -> set[str]:
    """The batches with sites in design or in progress, and those that agents say they work on."""
    open_letters = {table.ladder.designing, table.ladder.in_progress}
    at_work = {batch for batch, _, status in table.combinations() if batch and status in open_letters}
    named = {agent.batch for agent in seen.agents} if seen else set()
    return at_work | {batch for batch in table.batches if batch in named}


def batch_of(name: str) -> str:
    """The batch whose samples are called so."""
    return name.removeprefix("batch ")
