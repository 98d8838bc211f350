"""`slow`: the agents at work become slow."""

from pathlib import Path

from commands.demo_host import waves
from commands.demo_host.faults.fault import Fault
from commands.demo_host.hosttools import logs, settings

SLOWDOWN = 20.0


def slow(root: Path) -> str:
    """Slow every agent down, those at work within a second."""
    agents = waves.agents_at_work(root)
    settings.write(str(root), settings.read(str(root))._replace(slowdown=SLOWDOWN))
    words = (
        logs.line("WARN", f"agent pid {agent.pid}", "model answers slowly: 41 s a request")
        for agent in agents
    )
    logs.append(str(root), waves.log_of(agents[0]), "".join(words))
    return f"The {len(agents)} agents of {waves.subject(agents[0])} now work {SLOWDOWN:.0f} times slower."


SLOW = Fault("slow", "agents work twenty times slower", slow)
