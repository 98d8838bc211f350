"""The last 100 lines of a log: the runbook's scenario 1."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.results import Result, side_by_side
from benchmarks.shell import command
from commands.ops.machine.logs.logs import tail

LINES, RUNS, BAR = 100, 60, 0.2
MIB = 1024**2
SIZE = 50 * MIB
SHELL = "tail -100 wave-5.log"


def run() -> Iterator[Result]:
    """One result, on a log of 50 MiB."""
    with TemporaryDirectory() as directory:
        path = Path(directory) / "wave-5.log"
        line = "2026-03-24T10:00:00Z INFO agent-07 lotus.dev wrote index.html, 48 KB, in 12.4 s\n"
        path.write_text(line * (SIZE // len(line)))
        shell = command(SHELL, Path(directory))
        assert shell().decode().splitlines() == list(tail(path, LINES).lines)
        yield side_by_side(
            f"last {LINES} lines of {SIZE // MIB} MiB", shell, lambda: tail(path, LINES), runs=RUNS, bar=BAR
        )
