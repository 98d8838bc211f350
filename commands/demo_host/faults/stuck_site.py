"""`stuck-site`: lotus.dev has failed again and again, and will."""

import time
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

from commands.demo_host import history
from commands.demo_host.domains import LOTUS
from commands.demo_host.errors import HostError
from commands.demo_host.faults.fault import Fault
from commands.demo_host.hosttools import logs, registry, settings, site
from commands.demo_host.hosttools.registry import Row

# Minutes ago at which each attempt began; each gave up ten minutes later. The last one left the site at i.
ATTEMPTS = (170, 115, 70, 31)
LASTED = 10


def make_stuck(root: Path) -> str:
    """Record three failed attempts in logs and history, leave the site at i, and let every further agent fail."""
    now = settings.read(str(root))
    failing = tuple(sorted({*now.failing_sites, LOTUS}))
    settings.write(str(root), now._replace(failing_sites=failing))
    row = _leave_in_progress(root)
    rmtree(site.directory(str(root), LOTUS), ignore_errors=True)
    logs.append(str(root), f"logs/wave-{row.wave}.log", "".join(_lines()))
    if (root / ".git").is_dir():
        _commit_attempts(root, row)
    return f"{LOTUS} has failed {len(ATTEMPTS)} times, stays at i, and fails for every agent that takes it."


def _leave_in_progress(root: Path) -> Row:
    """Put the site at i since the last attempt began; its row as it is then."""
    with registry.edited(str(root)) as lines:
        for number, line in enumerate(lines):
            row = registry.parse(line)
            if row and row.domain == LOTUS:
                row = row._replace(status="i", updated=logs.stamp(_begun(ATTEMPTS[-1])))
                lines[number] = row.line()
                return row
    raise HostError(f"{LOTUS} is not in the registry; make the host anew.")


def _begun(minutes: int) -> float:
    return time.time() - minutes * 60


def _lines() -> Iterator[str]:
    for number, minutes in enumerate(ATTEMPTS, start=1):
        begun = _begun(minutes)
        who = f"agent-01 pid {4000 + number}"
        end = begun + LASTED * 60
        yield logs.line("INFO", who, f"{LOTUS}: taken, D -> i", begun)
        yield logs.line("WARN", who, f"{LOTUS}: model is overloaded (529), trying again in 8 s", begun + 60)
        yield logs.line("ERROR", who, f"{LOTUS}: agent timed out after {LASTED * 60} s; giving up", end)
        yield logs.line("ERROR", "launcher", f"{who} ended with exit code 124", end + 1)


def _commit_attempts(root: Path, row: Row) -> None:
    """Commit each attempt on top of the history: D to i, and back to D before the next one."""
    changes = []
    for number, minutes in enumerate(ATTEMPTS, start=1):
        if number > 1:
            changes.append(("D", _begun(minutes + 1), f"{LOTUS}: back to D for attempt {number}"))
        changes.append(("i", _begun(minutes), f"{LOTUS}: attempt {number}"))
    rows = [row._replace(status=status, updated=logs.stamp(at)) for status, at, _message in changes]
    history.commit_rows(
        root, [(row, at, message) for row, (_, at, message) in zip(rows, changes, strict=True)]
    )


STUCK_SITE = Fault("stuck-site", f"{LOTUS} fails again and again", make_stuck)
