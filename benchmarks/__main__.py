"""`python -m benchmarks`: our ways beside the runbook's shell commands, in one table."""

import argparse
import os
import sys
from collections.abc import Iterable
from types import ModuleType

from rich.console import Console
from rich.live import Live
from rich.table import Table

from benchmarks import agents, duplicates, face, guard, last_lines, site_errors, site_history, status
from benchmarks.results import Result

# One module a row family of guide/performance.md, each with a `run`.
FAMILIES: tuple[ModuleType, ...] = (
    *(duplicates, guard, agents, last_lines, site_errors, site_history, status, face),
)


def main() -> int:
    """Measure, print each result as it comes; 1 where a bar is not met."""
    names = {family.__name__.rpartition(".")[2]: family for family in FAMILIES}
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--only", metavar="NAME", choices=sorted(names), action="append", help=", ".join(names)
    )
    chosen = parser.parse_args().only or names
    load, cpus = os.getloadavg()[0], os.cpu_count() or 1
    if load > cpus / 2:
        print(
            f"Others are at work here (load {load:.1f} on {cpus} CPUs): times in ms are longer than they would be."
        )
    return 0 if _show(result for name in chosen for result in names[name].run()) else 1


def _show(results: Iterable[Result]) -> bool:
    table = Table("Job", "Shell", "Wavewarden", "Measured", "Bar", "")
    all_met = True
    with Live(table, console=Console(), auto_refresh=False) as live:
        for result in results:
            all_met &= result.met
            table.add_row(result.job, result.before, result.ours, *_judged(result))
            live.refresh()
    return all_met


def _judged(result: Result) -> tuple[str, str, str]:
    measured = f"{result.measured:.2f} {result.unit}"
    if result.bar is None:
        return measured, "", ""
    return measured, f"≤ {result.bar:g}", "met" if result.met else "[bold red]missed"


if __name__ == "__main__":
    sys.exit(main())
