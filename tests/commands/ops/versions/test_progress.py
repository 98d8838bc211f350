"""Two versions of the registry side by side."""

from commands.ops.host_settings import Ladder
from commands.ops.registry.registry import Registry, parse
from commands.ops.versions.progress import Lost, Move, lost
from tests.commands.repositories import HEAD, table


def read(text: str) -> Registry:
    return parse(text.encode(), Ladder(), 25)


def test_sites_go_back_go_forward_go_and_come() -> None:
    now = read(table(lotus="I", fern="D", moss="i", oak="Q"))
    then = read(table(lotus="D", fern="I", moss="i", elm="P"))
    assert lost(now, then) == Lost(
        back=(Move("lotus.dev", "I", "D"),),
        gone=("oak.dev",),
        ahead=(Move("fern.dev", "D", "I"),),
        comes=("elm.dev",),
    )


def test_of_several_rows_the_furthest_counts_now_and_the_lowest_then() -> None:
    both = read(table(lotus="D") + table(lotus="I").removeprefix(HEAD))
    one = read(table(lotus="D"))
    assert lost(both, one).back == (Move("lotus.dev", "I", "D"),)
    assert lost(read(table(lotus="I")), both).back == (Move("lotus.dev", "I", "D"),)


def test_an_unknown_letter_is_less_than_all_that_are_known() -> None:
    assert lost(read(table(lotus="P")), read(table(lotus="z"))).back == (Move("lotus.dev", "P", "z"),)
    assert lost(read(table(lotus="z")), read(table(lotus="P"))).ahead == (Move("lotus.dev", "z", "P"),)


def test_what_is_the_same_loses_nothing() -> None:
    assert lost(read(table(lotus="I")), read(table(lotus="I"))) == Lost((), (), (), ())
