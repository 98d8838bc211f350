"""The rows of a large registry: the same as those of one that is held whole, however they are asked for."""

import pytest
from hypothesis import given, settings as hypothesis_settings

from commands.ops.batches.batches import Expected
from commands.ops.host_settings import Ladder
from commands.ops.integrity.integrity import examine
from commands.ops.registry import line_list, registry
from commands.ops.registry.registry import Registry
from tests.commands.ops.integrity.test_survey import EXPECTED, TABLES

PER_WAVE = 2


def both(data: bytes) -> tuple[Registry, Registry]:
    return registry.parse(data, Ladder(), PER_WAVE), registry.parse(data, Ladder(), PER_WAVE, large=-1)


@pytest.mark.parametrize("piece", [1, 40, 10_000])
def test_a_large_registry_says_what_a_small_one_says(piece: int) -> None:
    @hypothesis_settings(max_examples=60, deadline=None)
    @given(TABLES, EXPECTED)
    def check(data: bytes, expected: dict[str, Expected]) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(line_list, "PIECE", piece)
            small, large = both(data)
            assert list(large.rows) == list(small.rows)
            assert tuple(large.rows[:]) == small.rows
            assert list(large.lines) == list(small.lines)
            assert large.lines[:] == list(small.lines)
            assert large.data() == data
            assert (large.findings, large.headers) == (small.findings, small.headers)
            assert large.problems == small.problems
            assert large.combinations() == small.combinations()
            assert large.statuses() == small.statuses()
            assert examine(large, expected) == examine(small, expected)
            for batch in (None, *small.batches, "009"):
                assert list(large.sites(batch).items()) == list(small.sites(batch).items())
                assert list(large.sites(batch)) == list(small.sites(batch))
                assert len(large.sites(batch)) == len(small.sites(batch))
                assert [large.sites(batch)[site] for site in small.sites(batch)] == list(
                    small.sites(batch).values()
                )
                assert large.several(batch) == small.several(batch)
                assert large.counts(batch) == small.counts(batch)
                assert tuple(large.where(batch=batch, status="i")) == small.where(batch=batch, status="i")
                assert tuple(large.where(batch=batch, wave=1)[:]) == small.where(batch=batch, wave=1)

    check()
