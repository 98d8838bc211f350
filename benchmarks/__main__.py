"""`python -m benchmarks`: our ways beside the runbook's shell commands, in one table."""

import argparse
import sys
from collections.abc import Iterable
from types import ModuleType

from rich.console import Console
from rich.live import Live
from rich.table import Table

from benchmarks import agents, duplicates, last_lines
from benchmarks.results import Result

# One module a row family of guide/performance.md, each with a `run`.
FAMILIES: tuple[ModuleType, ...] = (duplicates, agents, last_lines)


def main() -> int:
    """Measure, print each result as it comes; 1 where a bar is not met."""
    names = {family.__name__.rpartition(".")[2]: family for family in FAMILIES}
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--only", metavar="NAME", choices=sorted(names), action="append", help=", ".join(names)
    )
    chosen = parser.parse_args().only or names
    return 0 if _show(result for name in chosen for result in names[name].run()) else 1


def _show(results: Iterable[Result]) -> bool:
    table = Table("Job", "Shell", "Wavewarden", "Measured", "Bar", "")
    all_met = True
    with Live(table, console=Console(), auto_refresh=False) as live:
        for result in results:
            all_met &= result.met
            measured = f"{result.measured:.2f} {result.unit}"
            verdict = "met" if result.met else "[bold red]missed"
            table.add_row(result.job, result.before, result.ours, measured, f"≤ {result.bar:g}", verdict)
            live.refresh()
    return all_met


if __name__ == "__main__":
    sys.exit(main())
