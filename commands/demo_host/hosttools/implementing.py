"""`mimplement-bg.sh`: starts agents that implement a wave, or chosen sites, and returns."""

import argparse
import sys

from commands.demo_host.hosttools import arguments, launcher, registry
from commands.demo_host.hosttools.registry import Row


def main(root: str, words: list[str]) -> int:
    """Start the agents. Returns 0, 1 where no site waits, 75 under hold."""
    parser = _parser()
    asked = parser.parse_args(words)
    if why := arguments.hold(root):
        sys.stderr.write(f"mimplement-bg.sh: {why}\n")
        return arguments.CODE_HELD
    rows = _chosen(parser, registry.read_rows(root), asked)
    ready = [row for row in rows if row.status == "D"]
    for row in rows if asked.sites else ():
        if row.status != "D":
            sys.stderr.write(
                f"mimplement-bg.sh: {row.domain} is at {row.status}, only sites at D are implemented.\n"
            )
    if not ready:
        sys.stderr.write("mimplement-bg.sh: no site at D among these, so nothing was started.\n")
        return arguments.CODE_NOTHING_TO_DO
    return _start(root, asked, ready)


def _parser() -> argparse.ArgumentParser:
    parser = arguments.parser(
        "mimplement-bg.sh", "Starts background agents that take sites from D over i to I."
    )
    parser.add_argument("--batch", type=arguments.batch, required=True)
    parser.add_argument("--max-agents", type=arguments.agents, required=True)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--wave", type=arguments.wave)
    which.add_argument("--sites", type=arguments.sites)
    return parser


def _chosen(parser: argparse.ArgumentParser, rows: list[Row], asked: argparse.Namespace) -> list[Row]:
    arguments.check_batch(parser, rows, asked.batch)
    ours = [row for row in rows if row.batch == asked.batch]
    if asked.sites:
        return arguments.check_sites(parser, ours, asked.batch, asked.sites)
    waves = sorted({row.wave for row in ours}, key=int)
    if asked.wave not in waves:
        parser.error(f"batch {asked.batch} has no wave {asked.wave}, only {waves[0]} to {waves[-1]}")
    return [row for row in ours if row.wave == asked.wave]


def _start(root: str, asked: argparse.Namespace, ready: list[Row]) -> int:
    waves = {row.wave for row in ready}
    wave = asked.wave or (waves.pop() if len(waves) == 1 else "")
    narrowed: tuple[str, ...] = ("--wave", wave) if wave else ()
    if asked.sites:
        narrowed += ("--sites", ",".join(row.domain for row in ready))
    log = f"logs/wave-{wave}.log" if wave else f"logs/batch-{asked.batch}-sites.log"
    count = min(asked.max_agents, len(ready))
    order = launcher.Launch(root, asked.batch, wave, count, log, narrowed)
    launcher.launch(order)
    sys.stdout.write(f"{order.subject().capitalize()}: {count} agents started, log {log}\n")
    return 0
