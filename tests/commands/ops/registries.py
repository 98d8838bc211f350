"""A registry to edit, the rows that stand in it, and one way to edit it."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from commands.ops.edits.editing import Edited, edit, replace_all
from commands.ops.edits.rows import Edits, LineEdit
from commands.ops.edits.statuses import Mark, row_text, status_edits
from commands.ops.machine.host import Machine
from commands.ops.registry import registry
from commands.ops.settings import OpsSettings

HEAD = "# Sites\n\n| Domain | Batch | Wave | Status | Updated |\n|---|---|---|---|---|\n"


def row(domain: str, status: str = "i") -> str:
    return f"| {domain} | 001 | 1 | {status} | 2026-03-24T14:05:09Z |\n"


S1_BECOMES_D = LineEdit(row("s1.dev").strip().encode(), row("s1.dev", "D").strip().encode(), 6)


def written(settings: OpsSettings, sites: int = 20) -> Path:
    """Make the host's registry, with s0.dev, s1.dev … in progress."""
    path = settings.root / settings.tree.registry
    path.write_text(HEAD + "".join(row(f"s{n}.dev") for n in range(sites)))
    return path


def statuses(settings: OpsSettings) -> dict[str, str]:
    """Each site's letters, several where it has several rows."""
    found = registry.read(settings, Machine(settings.root))
    return {domain: "".join(row.status for row in rows) for domain, rows in found.sites().items()}


def marked(settings: OpsSettings, letters: Mapping[str, str]) -> Edited:
    """Set letters, whatever the rows say at that moment."""

    def change(found: registry.Registry) -> Edits:
        marks = {
            domain: Mark(row_text(found.sites()[domain][0]), letter) for domain, letter in letters.items()
        }
        return status_edits(found, marks, datetime.now(UTC))

    return edit(settings, Machine(settings.root), change)


def replaced(settings: OpsSettings, letters: Mapping[str, str]) -> Edited:
    """Set letters by putting another file in the registry's place, as a restore does."""

    def change(current: bytes) -> bytes:
        for domain, letter in letters.items():
            row = rb"(?m)^(\| %s \| 001 \| 1 \| )\w+" % re.escape(domain.encode())
            current = re.sub(row, rb"\g<1>" + letter.encode(), current)
        return current

    return replace_all(settings, Machine(settings.root), change)
