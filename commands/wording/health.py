"""How the host is, in a few lines of plain words."""

from collections.abc import Iterator

from commands.ops.disk.disk import Filesystem
from commands.ops.health import Health
from commands.wording.figures import count, listed, size, span

PATHS = 3  # that lie on one file system, and are named


def in_words(seen: Health) -> str:
    """A line each: load, memory, pressure, disks, agents, hold, and what could not be read."""
    return "\n".join((*_load(seen), *map(_disk, seen.disk.filesystems), *_agents(seen), *_rest(seen)))


def _load(seen: Health) -> Iterator[str]:
    load = seen.load
    if load is None:
        return
    averages = f"{load.one_minute:.1f}, {load.five_minutes:.1f}, {load.fifteen_minutes:.1f}"
    yield f"Load: {averages} (1, 5, 15 min) on {count(load.cpus, 'CPU')}"
    yield f"Memory: {size(load.memory_available_bytes)} available of {size(load.memory_total_bytes)}"
    shares = (("CPU", load.pressure.cpu), ("memory", load.pressure.memory), ("I/O", load.pressure.io))
    waited = ", ".join(f"{name} {_share(of)}" for name, of in shares)
    yield f"Pressure (share of the last minute in which something waited): {waited}"


def _share(of: float | None) -> str:
    return "not measured" if of is None else f"{of:.0f} %"


def _disk(one: Filesystem) -> str:
    free = f"{size(one.space.free_bytes)} free of {size(one.space.total_bytes)}"
    return f"Disk ({listed(one.paths, PATHS)}): {free}, {one.level}"


def _agents(seen: Health) -> Iterator[str]:
    if seen.seen is None:
        return
    found = seen.seen.agents
    oldest = f", the oldest for {span(max(one.age_seconds for one in found))}" if found else ""
    memory = f", {size(sum(one.rss_bytes for one in found))} of memory" if found else ""
    yield f"Agents: {len(found)}{oldest}{memory}; {count(len(seen.seen.launchers), 'launcher')}"


def _rest(seen: Health) -> Iterator[str]:
    if seen.hold:
        yield f"Launches are on hold since {seen.hold.since:%Y-%m-%d %H:%M} UTC, {seen.hold.sentence}"
    yield from (f"Could not be read: {problem}" for problem in seen.problems)
