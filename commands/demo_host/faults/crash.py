"""`crash`: most agents of the running wave die."""

import signal
from pathlib import Path

from commands.demo_host import waves
from commands.demo_host.faults.fault import Fault
from commands.demo_host.hosttools import logs, processes
from commands.demo_host.hosttools.processes import Record

SURVIVOR_IN = 8
KILL_SECONDS = 5.0


def crash(root: Path) -> str:
    """Kill seven of eight agents with SIGKILL, each after its last words in the log."""
    agents = waves.agents_at_work(root)
    survivors = len(agents) // SURVIVOR_IN
    victims = agents[survivors:]
    logs.append(str(root), waves.log_of(agents[0]), "".join(_last_words(victim) for victim in victims))
    for victim in victims:
        processes.send(victim, signal.SIGKILL, wait=KILL_SECONDS)
    return f"{len(victims)} of {len(agents)} agents of {waves.subject(agents[0])} were killed with SIGKILL."


def _last_words(victim: Record) -> str:
    return logs.line("ERROR", f"agent pid {victim.pid}", "cannot allocate memory for the model context")


CRASH = Fault("crash", "most agents of the running wave are killed", crash)
