"""What every line and every part of the core is handed: the house it works in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from commands.ops.journal import Journal
from commands.ops.machine.clock import Clock, SystemClock
from commands.ops.machine.host import Machine
from commands.ops.redact import Redactor
from commands.ops.roles import Roles
from commands.ops.settings import OpsSettings


@dataclass(frozen=True, slots=True)
class House:
    """The settings, the journal, the machine, the clock, the roles, and what must not be said."""

    settings: OpsSettings
    journal: Journal
    machine: Machine
    clock: Clock
    roles: Roles
    redactor: Redactor


@contextmanager
def as_told(settings: OpsSettings, roles: Roles, redactor: Redactor) -> Iterator[House]:
    """In a process of its own: the same house as the one that somebody else has open, by another connection."""
    journal = Journal(settings.state)
    try:
        yield House(settings, journal, Machine(settings.root), SystemClock(), roles, redactor)
    finally:
        journal.close()
