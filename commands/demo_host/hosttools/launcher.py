"""The launcher: starts the agents of one order in the background, stays until the last has ended, and says how."""

import os
import signal
import sys
from collections.abc import Callable
from typing import NamedTuple

from commands.demo_host.hosttools import checkpoint, processes
from commands.demo_host.hosttools.logs import say
from commands.demo_host.hosttools.spawn import spawn

# -S -E: 25 agents start together, and none needs site-packages
PYTHON = (sys.executable, "-S", "-E")
AGENT = os.path.join("tools", "opus-agent.py")


class Launch(NamedTuple):
    """What to start: `agents` processes with these arguments, for one batch and, where there is one, wave."""

    root: str
    batch: str
    wave: str
    agents: int
    log: str
    arguments: tuple[str, ...]

    def subject(self) -> str:
        """What the launch is about, in words."""
        return f"wave {self.wave} of batch {self.batch}" if self.wave else f"batch {self.batch}"


def launch(order: Launch) -> None:
    """Start a launcher in the background, and wait until its agents are started.

    Raises OSError where the launcher ended before that.
    """
    answer, report = os.pipe()
    kind = ("launcher", order.batch, order.wave)
    os.makedirs(os.path.join(order.root, os.path.dirname(order.log)), exist_ok=True)
    spawn(order.root, kind, os.path.join(order.root, order.log), lambda: _lead(order, report), report)
    os.close(report)
    with open(answer, "rb") as news:
        started = news.read()
    if not started:
        raise OSError(f"the launcher ended before its agents were started; {order.log} says why")


def _lead(order: Launch, report: int) -> None:
    """The launcher's life: start the agents, report it, tend them, commit what they did."""
    agents: dict[int, str] = {}
    for number in range(1, order.agents + 1):
        name = f"{number:02}"
        command = [*PYTHON, AGENT, "--batch", order.batch, *order.arguments, "--agent", name]
        log = os.path.join(order.root, order.log)
        record = spawn(order.root, ("agent", order.batch, order.wave), log, becoming(command))
        agents[record.pid] = name
    _say("INFO", f"{order.subject()}: {len(agents)} agents started")
    os.write(report, b"started")
    os.close(report)
    _tend(order, agents)
    checkpoint.commit(order.root, f"{order.subject().capitalize()}: {order.agents} agents have ended")
    processes.forget(order.root, os.getpid())


def becoming(command: list[str]) -> Callable[[], None]:
    """What a spawned process does to turn into the command."""
    return lambda: os.execv(command[0], command)


def _tend(order: Launch, agents: dict[int, str]) -> None:
    failed = 0
    while agents:
        pid, status = os.wait()
        name = agents.pop(pid)
        processes.forget(order.root, pid)
        code = os.waitstatus_to_exitcode(status)
        failed += code != 0
        _say("ERROR" if code else "INFO", f"agent-{name} pid {pid} {_end(code)}")
    _say("WARN" if failed else "INFO", f"{order.subject()}: all agents have ended, {failed} of them badly")


def _end(code: int) -> str:
    if code < 0:
        return f"was killed by {signal.Signals(-code).name} (exit code {128 - code})"
    return f"ended with exit code {code}"


def _say(level: str, text: str) -> None:
    say(level, f"launcher pid {os.getpid()}", text)
