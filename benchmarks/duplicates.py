"""Duplicates in the registry: the runbook's scenario 2, which cannot tell identical from conflicting rows."""

import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.results import Result, side_by_side
from benchmarks.shell import command
from commands.ops.integrity.duplicates import scan

# Rows, runs, and the bar of guide/performance.md.
SIZES = ((568, 40, 0.3), (100_000, 11, 0.8), (1_000_000, 5, 0.9))
EACH_KIND = 10
HEADER = b"# Registry\n\n| Domain | Batch | Wave | Status | Updated |\n|---|---|---|---|---|\n"
SHELL = "awk -F'|' '{print $2}' REGISTRY.md | sort | uniq -d"


def run() -> Iterator[Result]:
    """One result a size, with ten identical and ten conflicting sites among the rows."""
    with TemporaryDirectory() as directory:
        path = Path(directory) / "REGISTRY.md"
        for rows, runs, bar in SIZES:
            path.write_bytes(registry_of(rows))
            found = scan(path.read_bytes())
            assert (len(found.identical), len(found.conflicting)) == (EACH_KIND, EACH_KIND)
            yield side_by_side(
                f"duplicates among {rows:,} rows",
                command(SHELL, Path(directory)),
                lambda: scan(path.read_bytes()),
                runs=runs,
                bar=bar,
            )


def registry_of(number: int) -> bytes:
    """So many rows, shuffled, among them ten sites with identical and ten with conflicting ones."""
    chance = random.Random(number)  # noqa: S311 - a table to measure with
    rows = [
        b"| site-%d.dev | 001 | %d | D | 2026-03-24T10:00:00Z |\n" % (place, place // 25 + 1)
        for place in range(number - 2 * EACH_KIND)
    ]
    doubled = chance.sample(rows, 2 * EACH_KIND)
    rows += [row.replace(b" D ", b" I ") if place % 2 else row for place, row in enumerate(doubled)]
    chance.shuffle(rows)
    return HEADER + b"".join(rows)
