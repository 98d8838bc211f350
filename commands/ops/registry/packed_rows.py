"""The rows of a large registry: some thirty bytes a row beside the file's own, each row made when it is asked for."""

import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import overload

from commands.ops.registry.findings import Finding, Kind
from commands.ops.registry.hash_index import HashIndex
from commands.ops.registry.piecewise import in_pieces
from commands.ops.registry.rows import Header, Reader, Row
from commands.ops.registry.some_rows import SomeRows

MOST = 20_000  # findings of one kind that are kept
ONE, FIRST, LATER = 0, 1, 2  # what a row is among its site's: the only one, the first of several, another one

_PLAIN = re.compile(rb"\|[ \t]*([a-z0-9.-]+)[ \t]*\|")  # a row of which the first cell needs no second look


class _Texts(dict[str, int]):
    """Texts by number, each once."""

    def numbered(self, text: str) -> int:
        return self.setdefault(text, len(self))


class PackedRows(Sequence[Row]):
    """The same rows, in the same order, as a `Reader` makes that has all lines at once.

    findings: what is malformed, of each kind the first 20,000. cut: whether there is more. headers: the lines that
    are one, from 1, and where they have what.
    """

    def __init__(self, data: bytes, per_wave: int) -> None:
        self._data = data
        self.findings: list[Finding] = []
        self.cut = False
        self._lines, self._starts = array("I"), array("I")
        self._batches, self._statuses, self._waves = array("I"), array("I"), array("i")
        self._batch, self._status = _Texts(), _Texts()
        hashes = array("q")
        reader = self._read(hashes)
        self.headers = tuple(reader.headers)
        self._index = HashIndex(hashes)
        self._places = bytearray(len(hashes))
        self._place()
        if per_wave and any(header.wave < 0 for _, header in self.headers):
            self._cut_into_waves(per_wave)

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Row]:
        reader, at = Reader(per_wave=0), 0
        for _ in in_pieces(self._data, reader):
            for place, row in enumerate(reader.rows, at):
                yield row._replace(wave=self._wave(place))
            at += len(reader.rows)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(at, slice):
            return tuple(self._row(number) for number in range(*at.indices(len(self))))
        return self._row(range(len(self))[at])

    @property
    def surplus(self) -> int:
        """What is more than one row a site."""
        return self._places.count(LATER)

    def combinations(self) -> set[tuple[str, int | None, str]]:
        """Every batch, wave and status that stand in one row."""
        batches, statuses = list(self._batch), list(self._status)
        found = set(zip(self._batches, self._waves, self._statuses, strict=True))
        return {
            (batches[batch], None if wave < 0 else wave, statuses[status]) for batch, wave, status in found
        }

    def statuses(self) -> Counter[str]:
        """How many rows have each status."""
        names = list(self._status)
        return Counter({names[number]: times for number, times in Counter(self._statuses).items()})

    def singles(self, batch: str | None) -> Counter[str]:
        """How many sites of a batch, or of all, have each status, of those that have one row in all."""
        names, number = list(self._status), self.number_of(batch)
        columns = zip(self._statuses, self._batches, self._places, strict=True)
        found = Counter(
            status for status, of, place in columns if place == ONE and (number is None or of == number)
        )
        return Counter({names[status]: times for status, times in found.items()})

    def number_of(self, batch: str | None) -> int | None:
        """What a batch is called in here; None for all of them, -1 where no row has it."""
        return None if batch is None else self._batch.get(batch, -1)

    def where(self, batch: str | None, status: str | None, wave: int | None) -> SomeRows:
        """The rows that fit all that is named."""
        of, at = self.number_of(batch), None if status is None else self._status.get(status, -1)
        columns = zip(self._batches, self._statuses, self._waves, strict=True)
        places = (
            place
            for place, (one, letter, number) in enumerate(columns)
            if (of is None or one == of) and (at is None or letter == at) and (wave is None or number == wave)
        )
        return SomeRows(self, array("I", places))

    def places(self, batch: str | None) -> Iterator[int]:
        """The places of a batch's rows, or of all."""
        number = self.number_of(batch)
        return (at for at, of in enumerate(self._batches) if number is None or of == number)

    def is_single(self, at: int) -> bool:
        """Whether the row's site has no other."""
        return self._places[at] == ONE

    def of_site(self, domain: str, batch: str | None = None) -> list[int]:
        """The places of a site's rows, in a batch or at all."""
        number = self.number_of(batch)
        return [
            at
            for at in self._index.rows(hash(domain))
            if (number is None or self._batches[at] == number) and self.domain(at) == domain
        ]

    def domain(self, at: int) -> str:
        """The site that stands at a place."""
        plain = _PLAIN.match(self._data, self._starts[at])
        return plain[1].decode() if plain else self._row(at).domain

    def _read(self, hashes: "array[int]") -> Reader:
        reader, kinds = Reader(per_wave=0), Counter[Kind]()
        for before, starts, found in in_pieces(self._data, reader):
            self._find([*found, *reader.findings], kinds)
            self._starts.extend([starts[row.line - before - 1] for row in reader.rows])
            self._take(reader.rows, hashes)
        reader.end()
        self._find(reader.findings, kinds)
        self.findings.sort(key=lambda finding: finding.line)
        return reader

    def _take(self, rows: Sequence[Row], hashes: "array[int]") -> None:
        self._lines.extend([row.line for row in rows])
        self._batches.extend([self._batch.numbered(row.batch) for row in rows])
        self._statuses.extend([self._status.numbered(row.status) for row in rows])
        self._waves.extend([-1 if row.wave is None else row.wave for row in rows])
        hashes.extend([hash(row.domain) for row in rows])

    def _find(self, findings: Sequence[Finding], kinds: Counter[Kind]) -> None:
        for finding in findings:
            kinds[finding.kind] += 1
            if kinds[finding.kind] > MOST:
                self.cut = True
            else:
                self.findings.append(finding)

    def _place(self) -> None:
        for crowd in self._index.crowds():
            first: dict[str, int] = {}
            for at in crowd:
                if first.setdefault(domain := self.domain(at), at) != at:
                    self._places[first[domain]], self._places[at] = FIRST, LATER

    def _cut_into_waves(self, per_wave: int) -> None:
        """Where the table does not tell, a batch's sites are cut every so many, doubled ones once."""
        sites: Counter[int] = Counter()
        doubled: dict[tuple[int, str], int] = {}
        for at, batch in enumerate(self._batches):
            if batch == self._batch.get("") or (header := self._header(at)) is None or header.wave >= 0:
                continue
            if self._places[at] == ONE:
                place = sites[batch]
            else:
                place = doubled.setdefault((batch, self.domain(at)), sites[batch])
            sites[batch] += place == sites[batch]
            self._waves[at] = place // per_wave + 1

    def _header(self, at: int) -> Header | None:
        """The header above a row."""
        above = bisect_right(self.headers, self._lines[at], key=lambda pair: pair[0])
        return self.headers[above - 1][1] if above else None

    def _row(self, at: int) -> Row:
        start = self._starts[at]
        raw = self._data[start : self._data.find(b"\n", start) + 1 or len(self._data)]
        reader = Reader(per_wave=0, header=self._header(at))
        reader.read(
            (raw.removesuffix(b"\n").decode("utf-8", "backslashreplace"),), (raw,), self._lines[at] - 1
        )
        return reader.rows[0]._replace(wave=self._wave(at))

    def _wave(self, at: int) -> int | None:
        return None if self._waves[at] < 0 else self._waves[at]
