"""Registries rewritten under the product, as an agent or a person would."""

from pathlib import Path

from commands.demo_host.hosttools import registry

REGISTRY = ".smbatcher/REGISTRY.md"


def put(root: Path, status: str, *sites: str) -> None:
    """Give these sites a status, in one rename; their `Updated` cells stay."""
    with registry.edited(str(root)) as lines:
        for place, line in enumerate(lines):
            row = registry.parse(line)
            if row and row.domain in sites:
                lines[place] = row._replace(status=status).line()


def touch(root: Path, updated: str, *sites: str) -> None:
    """Write these sites' `Updated` cells."""
    with registry.edited(str(root)) as lines:
        for place, line in enumerate(lines):
            row = registry.parse(line)
            if row and row.domain in sites:
                lines[place] = row._replace(updated=updated).line()


def lose(root: Path, *sites: str) -> None:
    """Take these sites' rows out."""
    with registry.edited(str(root)) as lines:
        lines[:] = [line for line in lines if not ((row := registry.parse(line)) and row.domain in sites)]


def wave_sites(root: Path, wave: int, batch: str = "001") -> list[str]:
    """The sites of a wave, in the table's order."""
    rows = registry.read_rows(str(root))
    return [row.domain for row in rows if (row.batch, row.wave) == (batch, str(wave))]


def append(root: Path, *lines: str) -> Path:
    """Add lines at the end of the registry, as a careless tool does; its path."""
    path = root / REGISTRY
    path.write_text(path.read_text() + "".join(f"{line}\n" for line in lines))
    return path


def row_of(root: Path, site: str) -> str:
    """The line of a site's first row."""
    return next(line for line in (root / REGISTRY).read_text().splitlines() if line.startswith(f"| {site} "))
