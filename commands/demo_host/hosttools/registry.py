"""The registry as the host's own tools read and rewrite it: whole, under the lock, never in place."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from commands.demo_host.hosttools.logs import stamp

LADDER = "PdDiIQ"
PATH = os.path.join(".smbatcher", "REGISTRY.md")
TITLE = "# Site registry"
HEADER = "| Domain | Batch | Wave | Status | Updated |"
SEPARATOR = "|---|---|---|---|---|"
COLUMNS = 5


class Row(NamedTuple):
    """One site: `wave` is a number as text, `updated` a time like `2026-03-24T14:05:09Z`."""

    domain: str
    batch: str
    wave: str
    status: str
    updated: str

    def line(self) -> str:
        """The row as it stands in the table, without a newline."""
        return f"| {self.domain} | {self.batch} | {self.wave} | {self.status} | {self.updated} |"


def parse(line: str) -> Row | None:
    """The row a line holds, or None for the title, the header, the separator and anything broken."""
    cells = [cell.strip() for cell in line.strip().split("|")]
    if len(cells) != COLUMNS + 2 or cells[0] or cells[-1] or "." not in cells[1]:
        return None
    return Row(*cells[1:-1])


def table(rows: list[Row]) -> str:
    """The whole file for these rows."""
    return "\n".join([TITLE, "", HEADER, SEPARATOR, *(row.line() for row in rows), ""])


def read_rows(root: str) -> list[Row]:
    """Every row of the host's registry, doubled ones too, in file order."""
    return [row for line in _read_lines(root) if (row := parse(line))]


@contextmanager
def edited(root: str) -> Iterator[list[str]]:
    """Hold the lock over the file's lines; what the list has become replaces the file, in one rename."""
    with open(os.path.join(root, PATH + ".lock"), "ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        before = _read_lines(root)
        lines = list(before)
        yield lines
        if lines != before:
            _replace(root, lines)


def move_first(root: str, wanted: Callable[[Row], bool], status: str) -> Row | None:
    """Move the first row that is wanted to `status`, now, and return it as it was; None where there is none."""
    with edited(root) as lines:
        for number, line in enumerate(lines):
            row = parse(line)
            if row and wanted(row):
                lines[number] = row._replace(status=status, updated=stamp()).line()
                return row
    return None


def move_site(root: str, domain: str, before: str, after: str) -> bool:
    """Move one site from one status to another; False where it is not (or no longer) at `before`."""
    return move_first(root, lambda row: row.domain == domain and row.status == before, after) is not None


def _read_lines(root: str) -> list[str]:
    with open(os.path.join(root, PATH), encoding="utf-8", errors="surrogateescape", newline="") as file:
        return file.read().split("\n")


def _replace(root: str, lines: list[str]) -> None:
    path = os.path.join(root, PATH)
    temp = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temp, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
            file.write("\n".join(lines))
        os.rename(temp, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temp)
        raise
