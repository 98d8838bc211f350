"""The errors of one site in 200 MB of logs: the runbook's scenario 4."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.results import Result, side_by_side
from benchmarks.shell import command
from commands.ops.host_settings import Tree
from commands.ops.logs import host_logs
from commands.ops.machine.host import Machine

SITE, MOST, RUNS, BAR = "lotus.dev", 100, 5, 0.3
LOGS, LOG_BYTES = 20, 10_000_000
EVERY = 10_000  # lines between two that name the site, or one that looks like it
SHELL = f'grep -r "{SITE}" logs/ 2>/dev/null | grep -i error'
LINE = "2026-03-24T10:00:00Z INFO  [agent-07 pid 4711] fern.dev: wrote index.html (48 KB) in 12.4 s\n"
ERROR = "2026-03-24T10:00:00Z ERROR [agent-07 pid 4711] {}: agent timed out after 600 s; giving up\n"


def run() -> Iterator[Result]:
    """One result; the shell's also has the lines of sites that only look like it."""
    with TemporaryDirectory() as name:
        root, tree = Path(name), Tree()
        (root / tree.logs).mkdir()
        block = LINE * EVERY + ERROR.format(SITE) + LINE + ERROR.format("blue-lotus.dev")
        for number in range(LOGS):
            (root / tree.logs / f"wave-{number}.log").write_text(block * (LOG_BYTES // len(block)))
        yield side_by_side(
            f"errors of one site in {LOGS * LOG_BYTES // 1_000_000} MB of logs",
            command(SHELL, root),
            lambda: host_logs.of_site(Machine(root), tree, SITE, MOST, errors=True),
            runs=RUNS,
            bar=BAR,
        )
