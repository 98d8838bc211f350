"""One site's history over 500 commits: the runbook's scenario 4, which greps patches."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from subprocess import run as started
from tempfile import TemporaryDirectory

from benchmarks.results import Result, side_by_side
from benchmarks.shell import command
from commands.demo_host.hosttools.checkpoint import environment
from commands.ops.house import House
from commands.ops.journal import Journal
from commands.ops.machine.clock import SystemClock
from commands.ops.machine.host import Machine
from commands.ops.redact import Redactor
from commands.ops.roles import ListedRoles
from commands.ops.settings import OpsSettings
from commands.ops.sites import history as site_history

COMMITS, SITES, CHANGES = 500, 568, 8
RUNS, BAR = 15, 0.6  # the bar of guide/performance.md
SITE = "site-300.dev"
REGISTRY = ".smbatcher/REGISTRY.md"
HEADER = b"| Domain | Batch | Wave | Status | Updated |\n|---|---|---|---|---|\n"
SHELL = f"git log -p {REGISTRY} | grep {SITE} | head -10"
LETTERS = "PdDiDiIQ"


def run() -> Iterator[Result]:
    """A site that changed 8 times, in 500 commits that each changed another one."""
    with TemporaryDirectory() as name:
        directory = Path(name)
        _make(directory / "host")
        settings = OpsSettings(root=directory / "host", state=directory / "state")
        house = House(
            *(settings, Journal(settings.state), Machine(settings.root), SystemClock()),
            *(ListedRoles(settings), Redactor(())),
        )
        try:
            found = site_history.read(house, SITE)
            assert [phase.status for phase in found.phases] == list(LETTERS)
            yield side_by_side(
                f"history of one site, {COMMITS} commits",
                command(SHELL, directory / "host"),
                lambda: site_history.read(house, SITE),
                runs=RUNS,
                bar=BAR,
            )
        finally:
            house.journal.close()


def _make(root: Path) -> None:
    root.mkdir()
    _git(root, "init", "--quiet", "--initial-branch=main")
    _git(root, "fast-import", "--quiet", "--date-format=raw", entry=b"".join(_commits()))
    _git(root, "checkout", "--quiet", "main")


def _commits() -> Iterator[bytes]:
    rows = [
        b"| site-%d.dev | 001 | %d | P | 2026-03-24T10:00:00Z |\n" % (n, n // 25 + 1) for n in range(SITES)
    ]
    start = int(datetime(2026, 3, 24, tzinfo=UTC).timestamp())
    every = COMMITS // CHANGES
    for number in range(COMMITS):
        step, rest = divmod(number, every)
        place = 300 if not rest and step < CHANGES else number % 300
        letter = LETTERS[step % CHANGES].encode()
        rows[place] = b"| site-%d.dev | 001 | %d | %s | %d |\n" % (place, place // 25 + 1, letter, number)
        data = HEADER + b"".join(rows)
        yield b"commit refs/heads/main\ncommitter Ann <ann@example.com> %d +0000\n" % (start + 60 * number)
        yield b"data 1\n.\nM 100644 inline %s\ndata %d\n%s\n" % (REGISTRY.encode(), len(data), data)


def _git(root: Path, *words: str, entry: bytes = b"") -> None:
    started(["git", *words], cwd=root, env=environment(), input=entry, check=True, capture_output=True)
