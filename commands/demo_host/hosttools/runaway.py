"""Runaway agents: they look like agents, use a core and some memory each, and end by themselves after a while."""

import os

from commands.demo_host.hosttools import arguments
from commands.demo_host.hosttools.launcher import AGENT, PYTHON, becoming
from commands.demo_host.hosttools.spawn import spawn

LOG = os.path.join("logs", "runaway.log")


def main(root: str, words: list[str]) -> int:
    """Start `--count` of them for `--batch`, with `--bytes` of memory each, for `--seconds` at most."""
    parser = arguments.parser("runaway", "Starts agents that exhaust the host.")
    parser.add_argument("--batch", type=arguments.batch, required=True)
    for name in ("count", "bytes", "seconds"):
        parser.add_argument(f"--{name}", type=int, required=True)
    asked = parser.parse_args(words)
    limits = ["--bytes", str(asked.bytes), "--seconds", str(asked.seconds)]
    for number in range(asked.count):
        command = [*PYTHON, AGENT, "--batch", asked.batch, "--agent", f"r{number + 1}", *limits]
        spawn(root, ("runaway", asked.batch, ""), os.path.join(root, LOG), becoming(command))
    return 0
