"""Before a launch: hold, leases, disk, memory; what forbids it, and how many agents there is room for."""

from dataclasses import dataclass
from typing import Literal

from commands.ops import hold
from commands.ops.agents.agents import Agent
from commands.ops.disk import disk
from commands.ops.disk.disk import Disk
from commands.ops.errors import NotReadable, Refusal, WrongUsage
from commands.ops.history import agent_memory
from commands.ops.house import House
from commands.ops.launches import leases
from commands.ops.launches.relaunch import Wanted
from commands.ops.machine import load
from commands.ops.registry.registry import Registry
from commands.ops.waves.diagnosis import WaveDiagnosis

OOM_CODE = 137  # 128 + SIGKILL, which is how the kernel ends a process for want of memory
SHARE, SHARE_AFTER_OOM = 0.9, 0.75  # of the free memory that agents may take
GIB = 1024**3


@dataclass(frozen=True, slots=True)
class Memory:
    """Memory in bytes. each: what one agent takes, by `source`; free: what there is. None where nobody knows."""

    each: int | None
    source: Literal["living agents", "earlier agents"] | None
    free: int | None

    def room(self, share: float = SHARE) -> int | None:
        """How many agents there is memory for."""
        return None if not self.each or self.free is None else int(share * self.free // self.each)


@dataclass(frozen=True, slots=True)
class Size:
    """How many agents, and why fewer than usual (empty where not)."""

    agents: int
    why: str = ""


def memory(house: House, living: tuple[Agent, ...]) -> Memory:
    """What an agent takes, as measured: of those that live, else of those that did, and what is free."""
    try:
        free = load.load(house.machine.proc).memory_available_bytes
    except OSError:
        free = None
    if living:
        return Memory(agent_memory.median_of(living), "living agents", free)
    before = agent_memory.remembered(house.journal.connection())
    return Memory(before, "earlier agents" if before else None, free)


def size(house: House, sites: int, room: Memory, wave: WaveDiagnosis | None) -> Size:
    """How many agents a launch gets where the caller does not say."""
    usual = max(1, min(house.settings.agents.per_wave, sites))
    dead = killed(wave) if wave else ""
    most = room.room(SHARE_AFTER_OOM if dead else SHARE)
    if most is None and dead:
        return Size(
            max(1, usual // 2), f"{dead}, and what an agent takes was never measured: half of {usual}"
        )
    if most is None or most >= usual:
        return Size(usual)
    return Size(max(1, most), f"{dead}, and memory allows no more" if dead else "memory allows no more")


def check(house: House, wanted: Wanted, lease_names: tuple[str, ...]) -> None:
    """What must hold for every launch.

    Raises:
        Refusal: launches are on hold, another launch keeps a wave, or the disk is critical.
        WrongUsage: so many agents are not allowed.
    """
    if held := hold.read(house.settings, house.machine):
        raise Refusal(
            f"Launches are on hold since {held.since:%H:%M} UTC, {held.sentence}; lift it with “batch resume”."
        )
    for name in lease_names:
        if lease := leases.held(house, name):
            raise Refusal(
                f"A launch ({lease.holder}) keeps {name} until its agents are seen, {lease.until:%H:%M} UTC at the"
                " latest: wait for it."
            )
    for launch in wanted.launches:
        allowed_agents(house, launch.agents)
    space = disk.read(house.settings, house.machine)
    if space.level == "critical":
        raise Refusal(f"The disk is critical, {_gib(space)} free: nothing is launched; look at “batch disk”.")


def allowed_agents(house: House, agents: int | None) -> None:
    """Whether a launch may have so many; None is for us to choose.

    Raises:
        WrongUsage: it may not; the sentence names the limits.
    """
    most = house.settings.agents.most
    if agents is not None and not 1 <= agents <= most:
        raise WrongUsage(f"A launch can have 1 to {most} agents, not {agents}.")


def first_launch(house: House, table: Registry, batch: str) -> None:
    """A batch that begins needs room for all of it.

    Raises:
        Refusal: less is free than is set; the sentence has the figures.
        NotReadable: what is free cannot be read.
    """
    needed, ladder = house.settings.disk.start_bytes, house.settings.ladder
    begun = (ladder.in_progress, ladder.implemented, ladder.finalized)
    if not needed or any(status in begun for of, _, status in table.combinations() if of == batch):
        return
    space = disk.read(house.settings, house.machine)
    if space.free_bytes is None:
        raise NotReadable("What is free on the disk cannot be read, and this is the batch's first launch.")
    if space.free_bytes < needed:
        raise Refusal(
            f"This is the first launch of batch {batch}, which needs {needed / GIB:.1f} GiB free before it starts, and"
            f" {_gib(space)} are: free some with “batch disk”, or set disk.start_bytes."
        )


def killed(wave: WaveDiagnosis) -> str:
    """How agents of a wave were killed, as the kernel does for want of memory; empty where none was."""
    if wave.oom_kills:
        return f"the kernel killed {len(wave.oom_kills)} processes for want of memory"
    number = dict(wave.log.exit_codes).get(OOM_CODE, 0)
    return f"{number} of its agents were killed (exit code {OOM_CODE})" if number else ""


def _gib(space: Disk) -> str:
    return "nobody knows how much" if space.free_bytes is None else f"{space.free_bytes / GIB:.1f} GiB"
