"""Sizes of directories and sites, a growth sample, and a verified archive: the runbook's scenario 3."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.results import Result, side_by_side
from benchmarks.shell import command
from commands.demo_host import host
from commands.ops import disk_use
from commands.ops.house import House
from commands.ops.journal import Journal
from commands.ops.machine import archives
from commands.ops.machine.clock import SystemClock
from commands.ops.machine.host import Machine
from commands.ops.redact import Redactor
from commands.ops.roles import ListedRoles
from commands.ops.settings import OpsSettings
from commands.ops.watch.growth import growth

SITES, FILES, COPIES = 568, 3, 10  # 5,680 sites
RUNS, SAMPLES = 7, 200
SIZES_BAR, PER_SITE_BAR, ARCHIVE_BAR, SAMPLE_BAR = 1.1, 2.0, 0.4, 1.0
TOTAL = "du -sh sites/ .smbatcher/ | sort -h"
PER_SITE = "du -sh sites/*/ | sort -h"
ARCHIVE = "mkdir -p .project-archive && tar -czf .project-archive/all.tar.gz sites/*-v1"


def run() -> Iterator[Result]:
    """Four results, on 5,680 sites."""
    with TemporaryDirectory() as name:
        root = Path(name) / "host"
        host.make(root, SITES)
        names = _many(root / "sites")
        settings = OpsSettings(root=root, state=Path(name) / "state")
        machine = Machine(root)

        def sizes() -> disk_use.DiskUse:
            return disk_use.read(settings, machine)

        assert len(sizes().sites) == len(names)
        what = f"of {len(names):,} sites"
        yield side_by_side(
            f"sizes, total and each {what}", command(TOTAL, root), sizes, runs=RUNS, bar=SIZES_BAR
        )
        yield side_by_side(
            f"size of each {what}", command(PER_SITE, root), sizes, runs=RUNS, bar=PER_SITE_BAR
        )
        yield side_by_side(
            f"archive {what}, verified",
            command(ARCHIVE, root),
            lambda: _archive(root, names),
            runs=3,
            bar=ARCHIVE_BAR,
        )
        yield _sample(settings, machine)


def _many(sites: Path) -> tuple[str, ...]:
    """Ten times the sites, all of them built."""
    made = next(iter(sites.iterdir()))
    for number in range(SITES * COPIES - len(list(sites.iterdir()))):
        shutil.copytree(made, sites / f"site-{number}.dev-v1")
    return tuple(sorted(path.name for path in sites.iterdir()))


def _archive(root: Path, names: tuple[str, ...]) -> None:
    part = root / ".project-archive/.Batch_001.tar.zst.part"
    archives.pack(root / "sites", names, part, 60)
    assert archives.compare(root / "sites", part, 60) == len(names) * (FILES + 1)
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
