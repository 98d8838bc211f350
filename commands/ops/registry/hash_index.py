"""Which rows have the same name: an index of twelve bytes a row, where a dictionary takes two hundred."""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import pairwise

SHARDS = 16  # sorted one at a time: a sort holds an object a number


class HashIndex:
    """Rows by the hash of their name; different names may share one, whoever asks compares them.

    hashes: of each row's name, in order. The hash is the process's own, `hash`.
    """

    def __init__(self, hashes: "array[int]") -> None:
        self._hashes = hashes
        self._sorted = array("I")
        self._begins = [0]
        for shard in range(SHARDS):
            numbers = [at for at, one in enumerate(hashes) if one % SHARDS == shard]
            numbers.sort(key=hashes.__getitem__)
            self._sorted.extend(numbers)
            self._begins.append(len(self._sorted))

    def rows(self, hashed: int) -> Sequence[int]:
        """The rows whose name has this hash, ascending."""
        low, high = self._begins[hashed % SHARDS], self._begins[hashed % SHARDS + 1]
        key = self._hashes.__getitem__
        begin = bisect_left(self._sorted, hashed, low, high, key=key)
        if begin == high or key(self._sorted[begin]) != hashed:
            return ()
        return self._sorted[begin : bisect_right(self._sorted, hashed, begin, high, key=key)]

    def crowds(self) -> Iterator[Sequence[int]]:
        """All rows whose hash others have too, those of one hash together."""
        crowd: list[int] = []
        for one, other in pairwise(self._sorted):
            if self._hashes[one] == self._hashes[other]:
                crowd = crowd or [one]
                crowd.append(other)
            elif crowd:
                yield crowd
                crowd = []
        if crowd:
            yield crowd


def uneven(some: Iterable[Hashable], others: Iterable[Hashable]) -> frozenset[int]:
    """The hashes of what is not as often among the one as among the other; eight bytes are taken for each."""
    mine, theirs = array("q", map(hash, some)), array("q", map(hash, others))
    found: set[int] = set()
    for shard in range(SHARDS):
        left = Counter(one for one in mine if one % SHARDS == shard)
        left.subtract(one for one in theirs if one % SHARDS == shard)
        found.update(one for one, times in left.items() if times)
    return frozenset(found)
