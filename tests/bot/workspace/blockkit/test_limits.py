"""Every limit of a block: what is at it passes, one over is refused with its path."""

import pytest

from bot.workspace.blockkit import check_blocks
from tests.bot.workspace.blockkit.limits import LIMITS, Limit

each_limit = pytest.mark.parametrize("limit", LIMITS, ids=[limit.what for limit in LIMITS])


@each_limit
def test_what_is_at_the_limit_passes(limit: Limit) -> None:
    assert check_blocks([limit.build(limit.most)], limit.surface) == []


@each_limit
def test_one_over_is_refused_where_it_stands(limit: Limit) -> None:
    problems = check_blocks([limit.build(limit.most + 1)], limit.surface)
    assert [problem.path for problem in problems] == [f"blocks[0].{limit.path}"]


_STARTS_AT_ZERO = {
    "a rich text list is indented by 8",
    "a rich text border is 1 wide",
    "a text input asks for 3000 characters at least",
    "a text input's initial value holds 3000 characters",
    "a datetime picker starts at a moment of ten digits",
    "a button's value holds 2000 characters",
}


@each_limit
def test_nothing_at_all_is_refused_too_but_for_a_few(limit: Limit) -> None:
    refused = check_blocks([limit.build(0)], limit.surface) != []
    assert refused == (limit.what not in _STARTS_AT_ZERO)
