"""What every line and every part of the core is handed: the house it works in."""

from dataclasses import dataclass

from commands.ops.journal import Journal
from commands.ops.machine.clock import Clock
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
