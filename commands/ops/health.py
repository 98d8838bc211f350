"""How the host is: load, memory, pressure, disk, agents, hold; each read by itself, so that one fault hides no other."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from commands.ops import hold
from commands.ops.agents import agents
from commands.ops.agents.agents import Seen
from commands.ops.disk import disk
from commands.ops.disk.disk import Disk
from commands.ops.errors import NotReadable
from commands.ops.hold import Hold
from commands.ops.house import House
from commands.ops.machine import load
from commands.ops.machine.load import Load

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Health:
    """What one look saw; None is what could not be read, and `problems` says why."""

    load: Load | None
    disk: Disk
    seen: Seen | None
    hold: Hold | None
    problems: tuple[str, ...]


def look(house: House) -> Health:
    """Look at the host as it is now, without its registry."""
    settings, machine, problems = house.settings, house.machine, list[str]()

    def read(reading: Callable[[], T]) -> T | None:
        try:
            return reading()
        except NotReadable as error:
            problems.append(error.sentence)
        except OSError as error:
            problems.append(f"The load cannot be read: {error.strerror}.")
        return None

    busy = read(lambda: load.load(machine.proc))
    seen = read(lambda: agents.read(settings, machine))
    held = read(lambda: hold.read(settings, machine))
    free = disk.read(settings, machine)
    return Health(busy, free, seen, held, (*problems, *(seen.problems if seen else ()), *free.problems))
