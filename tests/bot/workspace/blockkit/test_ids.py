"""Ids: found by them, and given where an app gave none."""

import random

from bot.workspace.blockkit import assign_ids, check_message, find_element
from tests.bot.workspace.blockkit.samples import (
    Json,
    actions,
    button,
    card,
    container,
    entry,
    feedback,
    picture,
    section,
    words,
)

BLOCKS: list[Json] = [
    section(block_id="s", accessory=button(action_id="more")),
    {**actions(button(action_id="approve"), button(action_id="decline")), "block_id": "a"},
    entry(words(action_id="reason"), block_id="i"),
    container(block_id="c", child_blocks=[{**actions(button(action_id="undo")), "block_id": "inner"}]),
    {
        "type": "carousel",
        "block_id": "deck",
        "elements": [card(block_id="card", actions=[button(action_id="open")])],
    },
    {"type": "context_actions", "block_id": "f", "elements": [feedback(action_id="useful")]},
]


def test_an_element_is_found_wherever_it_stands() -> None:
    places = [
        ("s", "more"),
        ("a", "decline"),
        ("i", "reason"),
        ("inner", "undo"),
        ("card", "open"),
        ("f", "useful"),
    ]
    for block_id, action_id in places:
        element = find_element(BLOCKS, block_id, action_id)
        assert element is not None
        assert element["action_id"] == action_id


def test_an_element_of_another_block_is_not_found() -> None:
    assert find_element(BLOCKS, "s", "approve") is None
    assert find_element(BLOCKS, "gone", "approve") is None


def _bare() -> list[Json]:
    return [
        section(accessory=button()),
        actions(button(), button(action_id="kept")),
        section(accessory=picture()),
        container(child_blocks=[entry(words())]),
        {"type": "divider", "block_id": "kept"},
    ]


def test_every_block_and_interactive_element_gets_an_id_and_keeps_the_one_it_has() -> None:
    given = assign_ids(_bare(), random.Random(5))  # noqa: S311 - ids, not secrets
    assert all(isinstance(block["block_id"], str) for block in given)
    assert given[4] == {"type": "divider", "block_id": "kept"}
    (first, second) = given[1]["elements"]
    assert second["action_id"] == "kept"
    assert len(first["action_id"]) == 5
    assert "action_id" not in given[2]["accessory"]
    inner = given[3]["child_blocks"][0]
    assert find_element(given, inner["block_id"], inner["element"]["action_id"]) is not None


def test_what_was_given_is_left_as_it_was() -> None:
    blocks = _bare()
    assign_ids(blocks, random.Random(5))  # noqa: S311 - ids, not secrets
    assert blocks == _bare()


def test_the_same_source_gives_the_same_ids() -> None:
    once, again, other = (assign_ids(_bare(), random.Random(seed)) for seed in (1, 1, 2))  # noqa: S311
    assert once == again
    assert once != other


class _Stuttering(random.Random):
    """A source that says each five numbers twice."""

    _said = 0

    def random(self) -> float:
        self._said += 1
        return (self._said - 1) // 10 / 100


def test_no_id_is_given_twice() -> None:
    given = assign_ids([{"type": "divider"}] * 3, _Stuttering())
    assert len({block["block_id"] for block in given}) == 3


def test_blocks_with_given_ids_pass_their_check() -> None:
    assert check_message({"blocks": assign_ids(_bare(), random.Random(5))}) == []  # noqa: S311
