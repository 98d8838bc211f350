"""A large registry edited: cut up, packed and written in pieces, and nothing is lost of it either."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from commands.ops.edits import held, rewriting
from commands.ops.edits.held import Held
from commands.ops.edits.lines import applied, difference
from commands.ops.edits.records import records_of
from commands.ops.edits.rows import changes_of, edits_of
from commands.ops.registry import line_list
from commands.ops.registry.line_list import LineList, cut
from commands.ops.settings import OpsSettings
from tests.commands.ops.edits import test_writers_played
from tests.commands.ops.edits.test_editing import (  # noqa: F401 - the same fixtures, and the same promises
    TestDurability,
    TestOthers,
    before,
    path,
    test_a_status_is_set_and_the_registry_was_copied_before,
    test_rows_that_changed_since_are_named_and_nothing_is_done,
)

LINES = st.lists(
    st.sampled_from(
        ["| a.dev | i |", "| b.dev | i |", "| b.dev | D |", "| c\\|x | i |", "", "prose", "|---|---|"]
    ),
    max_size=8,
)
TEXTS = st.builds(lambda lines, end: "\n".join(lines) + end, LINES, st.sampled_from(["", "\n", "\r\n"]))


@pytest.fixture(autouse=True)
def everything_is_large() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (line_list, held, rewriting):
            patch.setattr(module, "LARGE", 0)
        yield


@pytest.fixture
def settings(settings: OpsSettings) -> OpsSettings:
    """Those of a host where every registry is large."""
    return replace(settings, limits=replace(settings.limits, registry_here_bytes=1))


@given(TEXTS, TEXTS)
def test_what_somebody_changed_is_the_same_in_a_text_that_is_cut_when_asked(one: str, other: str) -> None:
    old, new = one.encode(), other.encode()
    changes = difference(old, new)
    few, many = cut(old), LineList(old)
    assert list(many) == few
    assert applied(many, changes) == applied(few, changes)
    edits = edits_of(changes, few)
    assert edits_of(changes, many) == edits
    assert changes_of(edits, many) == changes_of(edits, few)
    assert records_of(changes, many) == records_of(changes, few)


@given(st.binary())
def test_what_is_held_packed_is_the_same(data: bytes) -> None:
    assert Held.of(data).data == data


def test_nothing_is_lost_whatever_tools_do_beside_us() -> None:
    test_writers_played.test_nothing_is_lost_whatever_tools_do_beside_us(15)
