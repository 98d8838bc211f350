"""Ending every process that a host started, and nothing else."""

import signal
from collections import Counter
from pathlib import Path

from commands.demo_host.errors import HostError
from commands.demo_host.hosttools import processes
from commands.demo_host.hosttools.processes import Record

GRACE_SECONDS = 2.0
ROUNDS = 5


def stop(root: Path) -> str:
    """End launchers, then agents: TERM, then KILL. Returns one sentence; raises HostError where one would not end."""
    ended: Counter[str] = Counter()
    for _ in range(ROUNDS):
        found = processes.living(str(root))
        if not found:
            break
        # while a launcher lives it may start one more agent
        chosen = [record for record in found if record.role == "launcher"] or found
        ended += _end(chosen)
    left = processes.living(str(root))
    if left:
        pids = ", ".join(str(record.pid) for record in left)
        raise HostError(f"These processes of the demo host do not end: {pids}.")
    for record in processes.records(str(root)):
        processes.forget(str(root), record.pid)
    return _sentence(ended)


def _end(chosen: list[Record]) -> Counter[str]:
    for record in chosen:
        processes.send(record, signal.SIGTERM)
    for record in chosen:
        if not processes.send(record, signal.SIGTERM, wait=GRACE_SECONDS):
            processes.send(record, signal.SIGKILL, wait=GRACE_SECONDS)
    return Counter(record.role for record in chosen if not processes.lives(record))


def _sentence(ended: Counter[str]) -> str:
    if not ended:
        return "No process of this demo host was running."
    counted = (f"{number} {role}{'s' if number > 1 else ''}" for role, number in sorted(ended.items()))
    return f"Ended {' and '.join(counted)}."
