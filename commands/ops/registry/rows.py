"""The rows of a registry: lines of text into sites, and what is malformed on the way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from commands.ops.domains import is_domain
from commands.ops.names import batch_name, wave_number
from commands.ops.registry import table
from commands.ops.registry.findings import Finding, Kind

# The columns we know; the first cell is the domain whatever its header says, other columns are kept as cells.
COLUMNS = ("batch", "wave", "status", "updated")
BOM = "\ufeff"
FOUND_CHARACTERS = 80
CONFLICT_MARKS = ("<<<<<<< ", ">>>>>>> ")  # the middle one, =======, also underlines a title

Cells = tuple[str, ...]


class Row(NamedTuple):
    """One site's row.

    line: counted from 1. wave: None where the table does not tell. raw: the line's bytes, its end included.
    Texts are as the table has them, blanks around them gone, and empty where it has none; a batch that is a
    number has three digits at least (`001`).

    A tuple, since a frozen dataclass takes four times as long to make, which is most of the time that parsing takes.
    """

    line: int
    domain: str
    batch: str
    wave: int | None
    status: str
    updated: str
    cells: Cells
    raw: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """A table's header: where the known columns are (-1: nowhere), how many cells, whether it ends with a pipe."""

    batch: int
    wave: int
    status: int
    updated: int
    width: int
    closed: bool


@dataclass(slots=True)
class Reader:
    """Reads lines one by one; `rows` and `findings` grow. Who reads a table in pieces may take rows out between two.

    per_wave: how many sites make a wave where the table does not tell; 0: then nobody asks. header: the last one.
    headers: all of them, with their lines.
    """

    per_wave: int
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    header: Header | None = None
    headers: list[tuple[int, Header]] = field(default_factory=list)
    _has_rows: bool = False
    _order: dict[str, dict[str, int]] = field(default_factory=dict)

    def read(
        self, texts: Sequence[str], raws: Sequence[bytes], before: int = 0, below: Sequence[str] = ()
    ) -> None:
        """Take in the next lines of a file.

        Args:
            texts: their text.
            raws: their bytes with line ends.
            before: how many lines came before.
            below: the line that comes next, if any does.
        """
        for at, (text, raw) in enumerate(zip(texts, raws, strict=True)):
            number = before + at + 1
            line = text.removeprefix(BOM) if number == 1 else text
            if not table.begins_row(line):
                self._other(number, line)
                continue
            cells = table.cells_of(line)
            # One look at the first cell settles it for all but a few lines.
            if is_domain(cells[0]) or not self._is_something_else(
                number, line, cells, texts[at + 1 : at + 2] or below
            ):
                self._row(number, line, cells, raw)

    def end(self) -> None:
        """There are no more lines."""
        if not self._has_rows and self.header is None:
            self._find(1, "no_table")

    def _is_something_else(self, number: int, line: str, cells: Cells, below: Sequence[str]) -> bool:
        """Whether a row without a domain is a rule, a header, or no site at all."""
        if table.is_rule(cells):
            return True
        if names_a_column(cells) or (self.header is None and _is_rule(below)):
            self._header(number, line, cells)
            return True
        self._find(number, "bad_domain" if cells[0] else "no_domain", "|".join(cells))
        return not cells[0]

    def _header(self, number: int, line: str, cells: Cells) -> None:
        names = [text.casefold() for text in cells]
        if self.header is not None:
            self._find(number, "second_header")
        for name in COLUMNS:
            if names.count(name) > 1:
                self._find(number, "double_column", name)
        places = {name: names.index(name) if name in names else -1 for name in COLUMNS}
        if places["status"] < 0:
            self._find(number, "no_status_column")
        self.header = Header(**places, width=len(names), closed=table.is_closed(line))
        self.headers.append((number, self.header))

    def _row(self, number: int, line: str, cells: Cells, raw: bytes) -> None:
        header = self.header
        if header is None:
            if not self._has_rows:
                self._find(number, "no_header")
            self._has_rows = True
            self.rows.append(Row(number, cells[0], "", None, "", "", cells, raw))
            return
        self._has_rows = True
        whole = cells
        if len(cells) != header.width:
            self._find(number, "cell_count", cells[0])
            whole = cells + ("",) * (header.width - len(cells))
        elif header.closed and line[-1] != "|" and not table.is_closed(line):
            self._find(number, "no_closing_pipe", cells[0])
        whole = (*whole, "")  # where a column is nowhere, at -1
        batch, status = batch_name(whole[header.batch]), whole[header.status]
        if not status and header.status >= 0:
            self._find(number, "no_status", cells[0])
        wave = self._wave(number, batch, cells[0], whole[header.wave] if header.wave >= 0 else None)
        self.rows.append(Row(number, cells[0], batch, wave, status, whole[header.updated], cells, raw))

    def _wave(self, number: int, batch: str, domain: str, text: str | None) -> int | None:
        """The wave as it is written; without a column the batch is cut every `per_wave`, doubled sites once."""
        if text is not None:
            wave = wave_number(text)
            if wave is None and text:
                self._find(number, "bad_wave", text)
            return wave
        if not batch or not self.per_wave:
            return None
        order = self._order.setdefault(batch, {})
        return order.setdefault(domain, len(order)) // self.per_wave + 1

    def _other(self, number: int, line: str) -> None:
        """Titles, prose and blank lines pass; a row that lost its beginning does not, nor git's marks of a conflict."""
        if line.startswith(CONFLICT_MARKS):
            self._find(number, "conflict_mark", line)
            return
        stripped = line.strip(table.BLANKS)
        if stripped and (stripped[0] == "|" or (stripped[-1] == "|" and stripped.count("|") > 1)):
            self._find(number, "no_opening_pipe", stripped)

    def _find(self, number: int, kind: Kind, found: str = "") -> None:
        self.findings.append(Finding(number, kind, found[:FOUND_CHARACTERS]))


def take_in(
    reader: Reader, data: bytes, raws: Sequence[bytes], before: int = 0, below: bytes = b""
) -> list[Finding]:
    """Let a reader read the next lines; what is no text in them is returned.

    Args:
        reader: grows.
        data: the lines as one.
        raws: the lines, each with its end.
        before: how many lines came before.
        below: the line that comes next, if any does.
    """
    try:
        # One decoding of the whole is much faster than one a line.
        texts = data.decode("utf-8").split("\n")
        bad = list(spoiled(raws, before)) if b"\0" in data else []
    except UnicodeDecodeError:
        texts = [raw.removesuffix(b"\n").decode("utf-8", "backslashreplace") for raw in raws]
        bad = list(spoiled(raws, before))
    reader.read(texts[: len(raws)], raws, before, (below.decode("utf-8", "backslashreplace"),))
    return bad


def spoiled(raws: Sequence[bytes], before: int = 0) -> Iterator[Finding]:
    """The lines whose bytes are not text; so many came before."""
    for number, raw in enumerate(raws, before + 1):
        if b"\0" in raw:
            yield Finding(number, "binary")
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            yield Finding(number, "not_utf8")


def names_a_column(cells: Cells) -> bool:
    """Whether this is a header: a cell after the first is a name of a column that we know."""
    return any(text.casefold() in COLUMNS for text in cells[1:])


def _is_rule(below: Sequence[str]) -> bool:
    """A `|---|` line: below a first row it tells a header, even one without any column we know."""
    return any(table.begins_row(line) and table.is_rule(table.cells_of(line)) for line in below)
