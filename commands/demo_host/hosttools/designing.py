"""`mdesign.sh`: starts agents that design chosen sites, and returns."""

import sys

from commands.demo_host.hosttools import arguments, launcher, registry
from commands.demo_host.hosttools.logs import stamp

LOG = "logs/design.log"
DESIGNABLE = "PdD"


def main(root: str, words: list[str]) -> int:
    """Start the agents. Returns 0, 1 where no site can be designed, 75 under hold."""
    parser = arguments.parser("mdesign.sh", "Starts background agents that take sites from P over d to D.")
    parser.add_argument("--batch", type=arguments.batch, required=True)
    parser.add_argument("--max-agents", type=arguments.agents, required=True)
    parser.add_argument("--sites", type=arguments.sites, required=True)
    asked = parser.parse_args(words)
    if why := arguments.hold(root):
        sys.stderr.write(f"mdesign.sh: {why}\n")
        return arguments.CODE_HELD
    rows = registry.read_rows(root)
    arguments.check_batch(parser, rows, asked.batch)
    arguments.check_sites(parser, [row for row in rows if row.batch == asked.batch], asked.batch, asked.sites)
    ready = _take_back(root, asked.sites)
    if not ready:
        sys.stderr.write("mdesign.sh: no site at P, d or D among these, so nothing was started.\n")
        return arguments.CODE_NOTHING_TO_DO
    count = min(asked.max_agents, len(ready))
    told = ("--task", "design", "--sites", ",".join(ready))
    order = launcher.Launch(root, asked.batch, "", count, LOG, told)
    launcher.launch(order)
    sys.stdout.write(f"{order.subject().capitalize()}: {count} agents started, log {LOG}\n")
    return 0


def _take_back(root: str, sites: tuple[str, ...]) -> list[str]:
    """Put sites that are designed, or were being designed, back to P, so that agents take them again."""
    ready = []
    with registry.edited(root) as lines:
        for number, line in enumerate(lines):
            row = registry.parse(line)
            if row is None or row.domain not in sites:
                continue
            if row.status not in DESIGNABLE:
                sys.stderr.write(
                    f"mdesign.sh: {row.domain} is at {row.status}, only P, d and D are designed.\n"
                )
                continue
            ready.append(row.domain)
            if row.status != "P":
                lines[number] = row._replace(status="P", updated=stamp()).line()
    return ready
