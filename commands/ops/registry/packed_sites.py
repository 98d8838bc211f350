"""The sites of a large registry with their rows: a mapping that makes each when it is asked for."""

from collections import Counter
from collections.abc import ItemsView, Iterator, Mapping, ValuesView

from commands.ops.registry.packed_rows import PackedRows
from commands.ops.registry.rows import Row

Rows = tuple[Row, ...]


class PackedSites(Mapping[str, Rows]):
    """Each site once, in the table's order, with its rows; of one batch, or of all."""

    def __init__(self, rows: PackedRows, batch: str | None) -> None:
        self._rows = rows
        self._batch = batch

    def __len__(self) -> int:
        if self._batch is None:
            return len(self._rows) - self._rows.surplus
        return sum(1 for _ in self._firsts())

    def __iter__(self) -> Iterator[str]:
        return map(self._rows.domain, self._firsts())

    def __contains__(self, site: object) -> bool:
        return isinstance(site, str) and bool(self._rows.of_site(site, self._batch))

    def __getitem__(self, site: str) -> Rows:
        if places := self._rows.of_site(site, self._batch):
            return tuple(self._rows[at] for at in places)
        raise KeyError(site)

    def items(self) -> ItemsView[str, Rows]:
        """Without looking up each site."""
        return _Items(self)

    def values(self) -> ValuesView[Rows]:
        """Without looking up each site."""
        return _Values(self)

    def pairs(self) -> Iterator[tuple[str, Rows]]:
        """Each site with its rows."""
        for at in self._firsts():
            rows = self.rows_at(at)
            yield rows[0].domain, rows

    def singles(self) -> Counter[str]:
        """How many have each status, of those that have one row in all."""
        return self._rows.singles(self._batch)

    def crowded(self) -> Iterator[Rows]:
        """The rows of all others, site by site; here it may be one as well, where the others are in other batches."""
        return (self.rows_at(at) for at in self._firsts() if not self._rows.is_single(at))

    def rows_at(self, at: int) -> Rows:
        """The rows of the site that stands at a place."""
        if self._rows.is_single(at):
            return (self._rows[at],)
        return self[self._rows.domain(at)]

    def _firsts(self) -> Iterator[int]:
        """The place of each site's first row."""
        rows = self._rows
        return (
            at
            for at in rows.places(self._batch)
            if rows.is_single(at) or rows.of_site(rows.domain(at), self._batch)[0] == at
        )


class _Items(ItemsView[str, Rows]):
    _mapping: PackedSites

    def __iter__(self) -> Iterator[tuple[str, Rows]]:
        return self._mapping.pairs()


class _Values(ValuesView[Rows]):
    _mapping: PackedSites

    def __iter__(self) -> Iterator[Rows]:
        return (rows for _, rows in self._mapping.pairs())
