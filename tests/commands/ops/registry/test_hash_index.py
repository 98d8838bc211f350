"""An index of names by their hashes: whoever has the same is found, and what is not as often here as there."""

from array import array

from hypothesis import given, strategies as st

from commands.ops.registry.hash_index import HashIndex, uneven

NUMBERS = st.lists(st.integers(-40, 40))


@given(NUMBERS)
def test_all_rows_of_a_hash_are_found_in_order(hashes: list[int]) -> None:
    index = HashIndex(array("q", hashes))
    for one in range(-41, 42):
        assert list(index.rows(one)) == [at for at, other in enumerate(hashes) if other == one]


@given(NUMBERS)
def test_rows_that_share_a_hash_stand_together(hashes: list[int]) -> None:
    crowds = [list(crowd) for crowd in HashIndex(array("q", hashes)).crowds()]
    several = {one for one in hashes if hashes.count(one) > 1}
    assert sorted(crowds) == sorted(
        [at for at, other in enumerate(hashes) if other == one] for one in several
    )


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_what_is_not_as_often_among_the_others_is_told(some: list[str], others: list[str]) -> None:
    assert uneven(some, others) == {hash(one) for one in "abcd" if some.count(one) != others.count(one)}
