"""Waves of a demo host: starting one, and finding the agents that work on it."""

import time
from collections import Counter
from pathlib import Path

from commands.demo_host.calling import demand, run_tool
from commands.demo_host.errors import HostError
from commands.demo_host.hosttools import processes, registry
from commands.demo_host.hosttools.processes import Record
from commands.demo_host.plan import MAIN_BATCH, WAVE_SIZE

CLAIM_SECONDS = 30.0
POLL_SECONDS = 0.05


def start(root: Path, wave: int, batch: str) -> str:
    """Launch a wave with the host's own tool; its answer. Raises HostError where the tool refuses."""
    told = ("--batch", batch, "--max-agents", str(WAVE_SIZE), "--wave", str(wave))
    return demand(run_tool(root, "tools/implement/mimplement-bg.sh", *told))


def next_wave(root: Path) -> int:
    """The first wave of batch 001 with sites at D. Raises HostError where all are done."""
    waves = [
        int(row.wave) for row in registry.read_rows(str(root)) if (row.batch, row.status) == (MAIN_BATCH, "D")
    ]
    if not waves:
        raise HostError(
            f"No site of batch {MAIN_BATCH} waits at D, so no wave can be started; make the host anew."
        )
    return min(waves)


def is_done(root: Path) -> bool:
    """Whether no site of batch 001 is in progress, and some still wait at D."""
    statuses = {row.status for row in registry.read_rows(str(root)) if row.batch == MAIN_BATCH}
    return "i" not in statuses and "D" in statuses


def agents_at_work(root: Path) -> list[Record]:
    """The living agents of the wave that has most of them; the next wave is started where none is at work."""
    if not _agents(root):
        start(root, next_wave(root), MAIN_BATCH)
    _wait_for_claims(root)
    agents = _agents(root)
    if not agents:
        raise HostError("The wave ended before it could be broken; make the host with a lower --speed.")
    [(wave, _count)] = Counter((agent.batch, agent.wave) for agent in agents).most_common(1)
    return [agent for agent in agents if (agent.batch, agent.wave) == wave]


def subject(agent: Record) -> str:
    """What an agent works on, in words."""
    return f"wave {agent.wave} of batch {agent.batch}" if agent.wave else f"batch {agent.batch}"


def log_of(agent: Record) -> str:
    """The log an agent writes to, by its path under the root."""
    return f"logs/wave-{agent.wave}.log" if agent.wave else f"logs/batch-{agent.batch}-sites.log"


def _agents(root: Path) -> list[Record]:
    return [record for record in processes.living(str(root)) if record.role == "agent"]


def _wait_for_claims(root: Path) -> None:
    """Wait until every living agent is at a site, which its scratch file shows, or has ended."""
    end = time.monotonic() + CLAIM_SECONDS
    while time.monotonic() < end:
        busy = {path.name.split("-")[2] for path in (root / ".smbatcher/tmp").glob("agent-*.part")}
        if all(str(agent.pid) in busy for agent in _agents(root)):
            return
        time.sleep(POLL_SECONDS)
