"""The host's state as a Reply: load, memory, pressure, disk, agents, and whether launches are held."""

from commands.ops.disk.disk import Disk
from commands.ops.health import Health
from commands.reply import Facts, Part, Reply, Size, Span, Table, Value, When, without_empty_columns
from commands.wording.figures import count

COLUMNS = ("PID", "Batch", "Wave", "Site", "Age", "CPU since start, %", "Memory", "Command line")


def host_state(seen: Health) -> Reply:
    """What one look saw."""
    agents = count(len(seen.seen.agents), "agent") if seen.seen else "agents not known"
    level = seen.disk.level or "not known"
    return Reply(
        "fine",
        f"The host: {agents}, disk {level}, launches {'on hold' if seen.hold else 'allowed'}.",
        "info",
        parts=(Facts(_figures(seen)), *_disks(seen.disk), *_agents(seen)),
        problems=seen.problems,
    )


def _figures(seen: Health) -> tuple[tuple[str, Value], ...]:
    held: tuple[tuple[str, Value], ...] = (("On hold since", When(seen.hold.since)),) if seen.hold else ()
    return (*_load(seen), *held)


def _load(seen: Health) -> tuple[tuple[str, Value], ...]:
    load = seen.load
    if load is None:
        return (("Load", None), ("Memory available", None))
    averages = f"{load.one_minute:.2f}, {load.five_minutes:.2f}, {load.fifteen_minutes:.2f}"
    pressure = load.pressure
    waits = (("CPU", pressure.cpu), ("memory", pressure.memory), ("I/O", pressure.io))
    return (
        ("Load, 1, 5 and 15 min", f"{averages} on {count(load.cpus, 'CPU')}"),
        ("Memory available", Size(load.memory_available_bytes)),
        ("Memory in all", Size(load.memory_total_bytes)),
        *((f"Pressure on {name}, last minute, %", value) for name, value in waits),
    )


def _disks(disk: Disk) -> tuple[Part, ...]:
    rows = tuple(
        (", ".join(one.paths), one.level, Size(one.space.free_bytes), Size(one.space.total_bytes))
        for one in disk.filesystems
    )
    return (Table(("Directories", "Level", "Free", "In all"), rows, "File systems"),) if rows else ()


def _agents(seen: Health) -> tuple[Part, ...]:
    if not seen.seen:
        return ()
    rows = tuple(
        (
            *(str(one.pid), one.batch or "", "" if one.wave is None else str(one.wave), one.site or ""),
            *(Span(one.age_seconds), round(one.cpu_percent), Size(one.rss_bytes), " ".join(one.argv)),
        )
        for one in seen.seen.agents
    )
    return (without_empty_columns(Table(COLUMNS, rows, "Agents, oldest first")),) if rows else ()
