"""A whole message: text, blocks and attachments together."""

import pytest

from bot.workspace.blockkit import check_message, kept_text
from tests.bot.workspace.blockkit.samples import (
    Json,
    actions,
    button,
    card,
    container,
    entry,
    mrkdwn,
    plan,
    rich,
    section,
    table,
    task,
    words,
)


def _said(payload: Json, *, update: bool = False) -> list[str]:
    return [f"{problem.code} {problem.path}" for problem in check_message(payload, update=update)]


def _characters(total: int) -> list[Json]:
    full, rest = divmod(total, 3000)
    return [section(text=mrkdwn("x" * size)) for size in [3000] * full + [rest] if size]


def test_text_alone_is_a_message() -> None:
    assert _said({"text": "wave 5 crashed"}) == []


@pytest.mark.parametrize(
    "payload", [{}, {"text": ""}, {"text": "", "blocks": [], "attachments": []}, {"text": None}]
)
def test_a_message_that_says_nothing_is_refused(payload: Json) -> None:
    assert _said(payload) == ["no_text "]


def test_an_update_may_take_all_blocks_away() -> None:
    assert _said({"blocks": []}, update=True) == []
    assert _said({}, update=True) == ["no_text "]


def test_posting_cuts_text_at_forty_thousand_characters() -> None:
    long = "x" * 40_001
    assert _said({"text": long}) == []
    assert kept_text(long) == "x" * 40_000
    assert kept_text("short") == "short"


def test_an_update_refuses_text_over_four_thousand_characters() -> None:
    assert _said({"text": "x" * 4000}, update=True) == []
    assert _said({"text": "x" * 4001}, update=True) == ["msg_too_long text"]


def test_text_that_is_no_string_is_refused() -> None:
    assert _said({"text": 5}) == ["invalid_arguments text"]


def test_all_blocks_hold_13200_characters_together() -> None:
    assert _said({"blocks": _characters(13_200)}) == []
    assert _said({"blocks": _characters(13_201)}) == ["msg_blocks_too_long blocks"]


def test_the_sum_counts_attachments_and_every_kind_of_text() -> None:
    blocks = [
        *_characters(12_000),
        rich({"type": "text", "text": "x" * 600}),
        table(cell="x" * 300),
        actions(button(text={"type": "plain_text", "text": "x" * 50})),
    ]
    attachment = {"blocks": [section(text=mrkdwn("x" * 250))]}
    assert _said({"blocks": blocks, "attachments": [attachment]}) == []
    attachment["blocks"].append(section(text=mrkdwn("x")))
    assert _said({"blocks": blocks, "attachments": [attachment]}) == ["msg_blocks_too_long blocks"]


def test_what_a_container_holds_counts_once() -> None:
    held = container(title={"type": "plain_text", "text": "x" * 100}, child_blocks=_characters(3000))
    assert _said({"blocks": [*_characters(10_100), held]}) == []
    assert _said({"blocks": [*_characters(10_101), held]}) == ["msg_blocks_too_long blocks"]


def test_markdown_blocks_hold_12000_characters_together() -> None:
    half = {"type": "markdown", "text": "x" * 6000}
    assert _said({"blocks": [half, half]}) == []
    assert _said({"blocks": [half, half, {"type": "markdown", "text": "x"}]}) == [
        "msg_blocks_too_long blocks"
    ]


def test_table_cells_hold_10000_characters_together() -> None:
    assert _said({"blocks": [table(rows=10, cells=10, cell="x" * 100)]}) == []
    assert _said({"blocks": [table(rows=10, cells=10, cell="x" * 101)]}) == ["invalid_blocks blocks"]


def test_a_second_table_is_refused_wherever_it_is() -> None:
    assert _said({"blocks": [table()], "attachments": [{"blocks": [table()]}]}) == [
        "invalid_attachments attachments[0].blocks[0]"
    ]
    assert _said({"blocks": [table(), container(child_blocks=[table()])]}) == [
        "invalid_attachments blocks[1].child_blocks[0]"
    ]


def test_a_second_plan_is_refused() -> None:
    assert _said({"blocks": [plan(task()), plan(task())]}) == ["invalid_blocks blocks[1]"]


def test_a_task_id_is_used_once_in_a_plan() -> None:
    assert _said({"blocks": [plan(task(), task())]}) == ["invalid_blocks blocks[0].tasks[1].task_id"]


def test_a_block_id_is_used_once_in_a_message() -> None:
    assert _said({"blocks": [section(block_id="a"), section(block_id="b")]}) == []
    assert _said({"blocks": [section(block_id="a"), section(block_id="a")]}) == [
        "invalid_blocks blocks[1].block_id"
    ]
    inner = container(child_blocks=[section(block_id="a")])
    attached = {"blocks": [section(block_id="a")]}
    assert _said({"blocks": [section(block_id="a"), inner], "attachments": [attached]}) == [
        "invalid_blocks blocks[1].child_blocks[0].block_id",
        "invalid_blocks attachments[0].blocks[0].block_id",
    ]


def test_an_action_id_is_used_once_in_a_block_and_again_in_the_next() -> None:
    approve = button(action_id="approve")
    assert _said({"blocks": [actions(approve), actions(approve)]}) == []
    assert _said({"blocks": [actions(approve, approve)]}) == [
        "invalid_blocks blocks[0].elements[1].action_id"
    ]
    deck = {"type": "carousel", "elements": [card(actions=[approve]), card(actions=[approve])]}
    assert _said({"blocks": [deck]}) == []


def test_the_focus_is_wanted_once() -> None:
    wanting = [entry(words(focus_on_load=True)), entry(words(focus_on_load=True))]
    assert _said({"blocks": wanting[:1]}) == []
    assert _said({"blocks": wanting}) == ["invalid_blocks blocks[1].element.focus_on_load"]


def test_attachments_are_checked_by_their_blocks_only() -> None:
    taken = {"color": "#ff0000", "fallback": "x", "blocks": [section()]}
    assert _said({"attachments": [taken]}) == []
    assert _said({"attachments": [{**taken, "blocks": [{"type": "alert"}]}]}) == [
        "invalid_attachments attachments[0].blocks[0].type"
    ]
    assert _said({"attachments": [{}] * 100}) == []
    assert _said({"attachments": [{}] * 101}) == ["too_many_attachments attachments"]


def test_attachments_of_another_type_are_refused() -> None:
    assert _said({"attachments": "x"}) == ["invalid_attachments attachments"]
    assert _said({"attachments": ["x"]}) == ["invalid_attachments attachments[0]"]


def test_many_troubles_are_told_in_reading_order() -> None:
    problems = check_message({"blocks": [section(text=mrkdwn("")), {"type": "header"}, 7]})
    assert [problem.path for problem in problems] == ["blocks[0].text.text", "blocks[1]", "blocks[2]"]
