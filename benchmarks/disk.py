"""Sizes of directories and sites, a growth sample, and a verified archive: the runbook's scenario 3."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.results import Result, side_by_side
from benchmarks.shell import command
from commands.demo_host import host
from commands.ops.disk import usage
from commands.ops.house import House
from commands.ops.journal import Journal
from commands.ops.machine.clock import SystemClock
from commands.ops.machine.files import sizes
from commands.ops.machine.host import Machine
from commands.ops.machine.packing import archives
from commands.ops.redact import Redactor
from commands.ops.roles import ListedRoles
from commands.ops.settings import OpsSettings
from commands.ops.watch.growth import growth

SITES, COPIES = 568, 10  # 5,680 sites to measure
SITE_BYTES = 50_000  # to archive: what the runbook says that a site takes
RUNS, SAMPLES = 7, 200
TOTAL_BAR, PER_SITE_BAR, ARCHIVE_BAR, SAMPLE_BAR = 1.1, 2.0, 0.4, 1.0
TOTAL = "du -sh ."
PER_SITE = "du -sh sites/*/ | sort -h"
ARCHIVE = "mkdir -p .project-archive && tar -czf .project-archive/all.tar.gz sites/*-v1"


def run() -> Iterator[Result]:
    """Four results: a sample and an archive on 568 sites, sizes on 5,680."""
    with TemporaryDirectory() as name:
        root = Path(name) / "host"
        host.make(root, SITES)
        settings, machine = OpsSettings(root=root, state=Path(name) / "state"), Machine(root)
        yield _sample(settings, machine)
        names = _many(root / "sites", SITES)
        yield side_by_side(
            f"archive of {len(names)} sites, verified",
            command(ARCHIVE, root),
            lambda: _archive(root, names),
            runs=RUNS,
            bar=ARCHIVE_BAR,
        )
        names = _many(root / "sites", SITES * COPIES)
        yield side_by_side(
            f"total of {len(names):,} sites",
            command(TOTAL, root),
            lambda: sizes.measure(root, 0, 60),
            runs=RUNS,
            bar=TOTAL_BAR,
        )
        yield side_by_side(
            f"{len(names):,} sites, each, and every directory",
            command(PER_SITE, root),
            lambda: usage.read(settings, machine),
            runs=RUNS,
            bar=PER_SITE_BAR,
        )


def _many(sites: Path, number: int) -> tuple[str, ...]:
    """So many sites, all of them built; what is in them shrinks by as much as the runbook says, 30 to 50 %."""
    made = next(iter(sites.iterdir()))
    chance = random.Random(number)  # noqa: S311 - content, not a secret
    for place in range(number - len(list(sites.iterdir()))):
        site = sites / f"site-{number}-{place}.dev-v1"
        shutil.copytree(made, site)
        (site / "page.html").write_text(chance.randbytes(SITE_BYTES // 2).hex())
    return tuple(sorted(path.name for path in sites.iterdir()))


def _archive(root: Path, names: tuple[str, ...]) -> None:
    part = root / ".project-archive/.Batch_001.tar.zst.part"
    archives.pack(root / "sites", names, part, 60)
    assert archives.compare(root / "sites", part, 60) >= len(names)
    part.unlink()


def _sample(settings: OpsSettings, machine: Machine) -> Result:
    """One look of the watch at what grows."""
    journal = Journal(settings.state)
    house = House(settings, journal, machine, SystemClock(), ListedRoles(settings), Redactor(()))
    times = []
    for _ in range(SAMPLES):
        begin = perf_counter()
        growth(house)
        times.append((perf_counter() - begin) * 1000)
    journal.close()
    taken = median(times)
    return Result("growth sample", "", f"{taken:.2f} ms", taken, SAMPLE_BAR, "ms")
