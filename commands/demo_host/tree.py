"""The files of a new demo host."""

import os
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from commands.demo_host import past, scripts
from commands.demo_host.hosttools import design, registry, site as generated
from commands.demo_host.plan import Site

BUILT = "IQ"
IGNORED = """# what agents and tools leave behind; the registry itself is tracked
/sites/
/logs/
/batch.log
/.demo-host.toml*
/.project-archive/
/.smbatcher/*.lock
/.smbatcher/*.tmp
/.smbatcher/HOLD
/.smbatcher/agents/
/.smbatcher/closure/
/.smbatcher/design-cache/
/.smbatcher/designs/
/.smbatcher/tmp/
/.smbatcher/trash/
/.smbatcher/REGISTRY.md.*
__pycache__/
"""
CLIENTS = (
    "Marketplace spring",
    "Bakeries",
    "Clinics",
    "Hotels",
    "Law firms",
    "Studios",
    "Wineries",
    "Schools",
    "Farms",
)
LEFTOVER_BYTES = 40_000


def tracked(sites: Sequence[Site]) -> dict[str, str]:
    """The files the host keeps in git besides the registry, path to text."""
    return {".gitignore": IGNORED, **dict(scripts.files()), **dict(_batches(sites))}


def write(root: Path, files: dict[str, str]) -> None:
    """Write files, path to text, scripts as executables."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if name.endswith(".sh"):
            path.chmod(0o755)


def write_work(root: Path, sites: Sequence[Site], seed: int) -> None:
    """Write what agents have made so far: registry, designs, sites, logs, leftovers."""
    for directory in (".smbatcher/designs", ".smbatcher/tmp", ".smbatcher/design-cache", "sites", "logs"):
        (root / directory).mkdir(parents=True, exist_ok=True)
    write(root, {registry.PATH: registry.table([site.row() for site in sites])} | past.logs(sites, seed))
    for site in sites:
        times = dict(site.steps)
        if "D" in times:
            write_design(root, site.domain, times["D"])
        if "I" in times:
            write_site(root, site.domain, times["I"])
    _write_leftovers(root, sites)


def write_design(root: Path, domain: str, at: float | None = None) -> None:
    """Write a site's design, as of `at` (epoch seconds) or now."""
    _write_dated(Path(design.path(str(root), domain)), design.text(domain), at)


def write_site(root: Path, domain: str, at: float | None = None) -> None:
    """Write a site's files, as of `at` (epoch seconds) or now."""
    directory = Path(generated.directory(str(root), domain))
    directory.mkdir(exist_ok=True)
    for part in generated.PARTS:
        _write_dated(directory / part, generated.part(domain, part), at)


def _write_dated(path: Path, text: str, at: float | None) -> None:
    path.write_text(text, encoding="utf-8")
    if at is not None:
        os.utime(path, (at, at))


def _batches(sites: Sequence[Site]) -> Iterator[tuple[str, str]]:
    batches = sorted({site.batch for site in sites})
    for batch, client in zip(batches, CLIENTS, strict=False):
        domains = [site.domain for site in sites if site.batch == batch]
        listed = "\n".join(f"- {domain}" for domain in domains)
        text = f"# Batch {batch}: {client}\n\n{len(domains)} sites, in waves of 25 agents at most.\n\n## Sites\n\n{listed}\n"
        yield f".smbatcher/batches/Batch_{batch}.md", text


def _write_leftovers(root: Path, sites: Sequence[Site]) -> None:
    """Temp files of agents long gone, and the designers' cache: what a cleanup may take."""
    for number, site in enumerate(sites):
        at = site.steps[-1][1]
        if site.status == "Q":
            scratch = root / ".smbatcher/tmp" / f"agent-{number:02}-{number + 2000}-{site.domain}.part"
            _write_dated(scratch, design.text(site.domain) * (LEFTOVER_BYTES // 1000), at)
        elif site.status == "D":
            key = f"{zlib.crc32(site.domain.encode()):08x}"
            cached = root / ".smbatcher/design-cache" / f"{key}.json"
            text = f'{{"site": "{site.domain}", "palette": {list(design.PALETTES[0])!r}}}\n'
            _write_dated(cached, text, at)
