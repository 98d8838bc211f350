"""The rows of a registry: lines of text into sites, and what is malformed on the way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from commands.ops import table
from commands.ops.domains import is_domain
from commands.ops.findings import Finding, Kind

# The columns we know; the first cell is the domain whatever its header says, other columns are kept as cells.
COLUMNS = ("batch", "wave", "status", "updated")
BOM = "\ufeff"
FOUND_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Row:
    """One site's row.

    line: counted from 1. wave: None where the table does not tell. raw: the line's bytes, its end included.
    Texts are as the table has them, blanks around them gone, and empty where it has none; a batch that is a
    number has three digits at least (`001`).
    """

    line: int
    domain: str
    batch: str
    wave: int | None
    status: str
    updated: str
    cells: tuple[str, ...]
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
    """Reads lines one by one; `rows` and `findings` grow."""

    per_wave: int
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    header: Header | None = None
    _without_header: bool = False
    _order: dict[str, dict[str, int]] = field(default_factory=dict)

    def read(self, texts: Sequence[str], raws: Sequence[bytes]) -> None:
        """Take in the lines of a whole file: their text, and their bytes with line ends."""
        for number, text in enumerate(texts, 1):
            line = text.removeprefix(BOM) if number == 1 else text
            if not table.begins_row(line):
                self._other(number, line)
                continue
            cells = table.cells_of(line)
            following = texts[number] if number < len(texts) else ""
            self._row(number, cells, raws[number - 1], following)
        if not self.rows and self.header is None:
            self._find(1, "no_table")

    def _row(self, number: int, cells: table.Cells, raw: bytes, following: str) -> None:
        domain = cells.texts[0]
        if not is_domain(domain):  # one look settles it for all but a few lines
            if table.is_separator(cells.texts):
                return
            if _is_header(cells.texts) or (self.header is None and _is_rule(following)):
                self._header(number, cells)
                return
            self._find(number, "bad_domain" if domain else "no_domain", "|".join(cells.texts))
            if not domain:
                return
        self._check(number, cells)
        self.rows.append(self._site(number, cells.texts, raw))

    def _header(self, number: int, cells: table.Cells) -> None:
        names = [text.casefold() for text in cells.texts]
        if self.header is not None:
            self._find(number, "second_header")
        for name in COLUMNS:
            if names.count(name) > 1:
                self._find(number, "double_column", name)
        places = {name: names.index(name) if name in names else -1 for name in COLUMNS}
        self.header = Header(**places, width=len(names), closed=cells.closed)

    def _site(self, number: int, texts: tuple[str, ...], raw: bytes) -> Row:
        header = self.header
        if header is None:
            return Row(number, texts[0], "", None, "", "", texts, raw)
        width = len(texts)
        batch = batch_name(texts[header.batch]) if 0 <= header.batch < width else ""
        status = texts[header.status] if 0 <= header.status < width else ""
        updated = texts[header.updated] if 0 <= header.updated < width else ""
        if header.wave < 0:
            wave = self._wave_by_order(batch, texts[0])
        else:
            wave = self._wave(number, texts[header.wave]) if header.wave < width else None
        if not status and 0 <= header.status:
            self._find(number, "no_status", texts[0])
        return Row(number, texts[0], batch, wave, status, updated, texts, raw)

    def _wave(self, number: int, text: str) -> int | None:
        if text.isascii() and text.isdigit() and len(text) < 10:
            return int(text)
        if text:
            self._find(number, "bad_wave", text)
        return None

    def _wave_by_order(self, batch: str, domain: str) -> int | None:
        """Cut the batch's sites every `per_wave`; a doubled site takes one place only."""
        if not batch:
            return None
        order = self._order.setdefault(batch, {})
        return order.setdefault(domain, len(order)) // self.per_wave + 1

    def _check(self, number: int, cells: table.Cells) -> None:
        if self.header is None:
            if not self._without_header:
                self._without_header = True
                self._find(number, "no_header")
            return
        if len(cells.texts) != self.header.width:
            self._find(number, "cell_count", cells.texts[0])
        elif self.header.closed and not cells.closed:
            self._find(number, "no_closing_pipe", cells.texts[0])

    def _other(self, number: int, line: str) -> None:
        """Titles, prose and blank lines pass; a row that lost its beginning does not."""
        stripped = line.strip(table.BLANKS)
        if stripped and (stripped[0] == "|" or (stripped[-1] == "|" and stripped.count("|") > 1)):
            self._find(number, "no_opening_pipe", stripped)

    def _find(self, number: int, kind: Kind, found: str = "") -> None:
        self.findings.append(Finding(number, kind, found[:FOUND_CHARACTERS]))


def batch_name(text: str) -> str:
    """A batch as it is called everywhere: `1` and `001` are `001`."""
    return text.lstrip("0").zfill(3) if text.isascii() and text.isdigit() else text


def spoiled(raws: Sequence[bytes]) -> Iterator[Finding]:
    """The lines whose bytes are not text."""
    for number, raw in enumerate(raws, 1):
        if b"\0" in raw:
            yield Finding(number, "binary")
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            yield Finding(number, "not_utf8")


def _is_header(texts: tuple[str, ...]) -> bool:
    return any(text.casefold() in COLUMNS for text in texts[1:])


def _is_rule(line: str) -> bool:
    """A `|---|` line: below a first row it tells a header, even one without any column we know."""
    return table.begins_row(line) and table.is_separator(table.cells_of(line).texts)
