"""Which agents work on a wave, and on which of its sites, where command line, open files or log tell."""

import os
import re
from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass

from commands.ops.agents.agents import Agent, Seen
from commands.ops.logs import mentions
from commands.ops.machine.host import Machine
from commands.ops.machine.processes import open_files


@dataclass(frozen=True, slots=True)
class AtWork:
    """The agents of one wave.

    agents: those whose command line names the wave, or one of its sites. unplaced: agents of this batch, or of none
    that they tell, whose wave is not known: they may be of this one. sites: pid → the site it works on.
    """

    agents: tuple[Agent, ...]
    unplaced: tuple[Agent, ...]
    sites: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Place:
    """A wave: its sites, and those of all waves and batches."""

    batch: str
    wave: int
    sites: Collection[str]
    known: Container[str]


def at_work(machine: Machine, seen: Seen, place: Place, last: Mapping[int, str]) -> AtWork:
    """Sort the host's agents for one wave.

    Args:
        machine: whose open files are looked at.
        seen: every agent.
        place: the wave.
        last: pid → the site it last wrote of in the wave's log.
    """
    sites = place.sites
    finder = mentions.finder(sites)
    found: list[Agent] = []
    unplaced: list[Agent] = []
    where: dict[int, str] = {}
    for agent in seen.agents:
        if agent.batch not in (None, place.batch) or agent.wave not in (None, place.wave):
            continue
        site = agent.site or _opened(machine, agent, finder) or last.get(agent.pid)
        if site in sites and site is not None:
            where[agent.pid] = site
        if agent.wave == place.wave or site in sites or _told(agent, finder):
            found.append(agent)
        elif site is None and not _is_told_other_sites(agent, place):
            unplaced.append(agent)
    return AtWork(tuple(found), tuple(unplaced), where)


def _opened(machine: Machine, agent: Agent, finder: re.Pattern[str]) -> str | None:
    """The site whose files it has open, or whose directory it is in; the root's own path tells nothing."""
    root = os.path.realpath(machine.root)
    paths = open_files.open_paths(machine.proc, agent.pid)
    match = finder.search("\n".join(path.removeprefix(root) for path in paths))
    return match[0] if match else None


def _told(agent: Agent, finder: re.Pattern[str]) -> bool:
    """Whether its command line names a site of the wave, as `--sites lotus.dev,fern.dev` does."""
    return any(finder.search(word) for word in agent.argv)


def _is_told_other_sites(agent: Agent, place: Place) -> bool:
    parts = {part for word in agent.argv for part in word.split(",")}
    return any(part in place.known and part not in place.sites for part in parts)
