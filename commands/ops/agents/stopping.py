"""Stopping: which launchers and agents are meant, and ending them, gently first."""

from dataclasses import dataclass

from commands.ops.agents import agents
from commands.ops.agents.agents import Agent
from commands.ops.house import House
from commands.ops.machine.processes import identities, signals
from commands.ops.machine.processes.identities import Identity
from commands.ops.machine.processes.signals import Ended


@dataclass(frozen=True, slots=True)
class Stoppable:
    """What a stop would end: launchers first, since one that lives may start one more agent.

    left_out: agents and launchers that it would not end, though they might be meant: of a wave or batch that cannot
    be told. user: the agents' user id.
    """

    launchers: tuple[Agent, ...]
    agents: tuple[Agent, ...]
    left_out: tuple[Agent, ...]
    user: int
    problems: tuple[str, ...]


def look(house: House, *, wave: int | None = None, batch: str | None = None) -> Stoppable:
    """Everything that builds, or the part of it that is of one wave, of one batch.

    Where a wave or batch is named, only what is known to be of it: an agent of unknown wave may be another's.

    Raises:
        NotReadable: processes cannot be read.
    """
    seen = agents.read(house.settings, house.machine)
    return Stoppable(
        tuple(one for one in seen.launchers if _is_of(one, wave, batch)),
        tuple(one for one in seen.agents if _is_of(one, wave, batch)),
        tuple(one for one in (*seen.launchers, *seen.agents) if _is_unclear(one, wave, batch)),
        agents.agents_user(house.settings, house.machine),
        seen.problems,
    )


def identity_of(agent: Agent, user: int) -> Identity:
    """Which process an agent or launcher is, for good; `user` is the agents' user, as which it was seen."""
    return Identity(agent.pid, agent.started_ticks, agent.boot_id, user, agent.argv)


def carry_out(house: House, tops: tuple[Identity, ...]) -> Ended:
    """End these and all that they started, in this order. Nothing is written: no registry, no journal.

    What each has started is found out now: a build's own children come and go.
    """
    proc = house.machine.proc
    return signals.end(
        identities.trees(proc, tops),
        user=agents.agents_user(house.settings, house.machine),
        grace_seconds=house.settings.agents.grace_seconds,
        proc=proc,
    )


def _is_of(one: Agent, wave: int | None, batch: str | None) -> bool:
    return (wave is None or one.wave == wave) and (batch is None or one.batch == batch)


def _is_unclear(one: Agent, wave: int | None, batch: str | None) -> bool:
    """Nothing that is known of it speaks against it, and not enough for it."""
    might_be = (wave is None or one.wave in (wave, None)) and (batch is None or one.batch in (batch, None))
    return might_be and not _is_of(one, wave, batch)
