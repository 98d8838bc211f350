"""Every block type: where it is taken, where it is refused, and what is not taken at all."""

from typing import get_args

import pytest

from bot.workspace.blockkit import Surface, check_blocks
from bot.workspace.blockkit.catalog import BLOCKS, NOT_TAKEN
from tests.bot.workspace.blockkit.samples import (
    Json,
    actions,
    button,
    card,
    container,
    entry,
    feedback,
    mrkdwn,
    picture,
    plain,
    plan,
    rich,
    section,
    select,
    table,
    task,
    trash,
    video,
    words,
)

SAMPLES: dict[str, Json] = {
    "actions": actions(button(), select()),
    "alert": {"type": "alert", "text": mrkdwn("*Careful*"), "level": "warning"},
    "card": card(hero_image=picture(), icon=picture(), body=plain("degraded"), actions=[button()]),
    "carousel": {"type": "carousel", "elements": [card(), card(slack_icon={"type": "icon", "name": "call"})]},
    "container": container(child_blocks=[section(), {"type": "divider"}, rich(), actions(button())]),
    "context": {"type": "context", "elements": [mrkdwn("batch 001"), picture()]},
    "context_actions": {"type": "context_actions", "elements": [feedback(), trash()]},
    "divider": {"type": "divider"},
    "file": {"type": "file", "external_id": "runbook", "source": "remote"},
    "header": {"type": "header", "text": plain("Wave 5")},
    "image": picture(title=plain("disk")),
    "input": entry(words(multiline=True), optional=True, dispatch_action=False, hint=plain("why")),
    "markdown": {"type": "markdown", "text": "**wave 5**"},
    "plan": plan(
        {"task_id": "t0", "title": "queued", "status": "pending"}, task(icon={"type": "icon", "name": "bug"})
    ),
    "rich_text": rich({"type": "text", "text": "x", "style": {"bold": True}}),
    "section": section(accessory=button(style="danger"), expand=True),
    "table": {**table(2, 2), "column_settings": [None, {"align": "right", "is_wrapped": True}]},
    "task_card": task(output=rich(), sources=[{"type": "url", "url": "https://example.com", "text": "log"}]),
    "video": video(title_url="https://example.com/watch"),
}

PLACES = [(name, surface) for name in BLOCKS for surface in get_args(Surface)]


def test_every_block_type_has_a_sample() -> None:
    assert set(SAMPLES) == set(BLOCKS)


@pytest.mark.parametrize(
    ("name", "surface"), PLACES, ids=[f"{name} in a {surface}" for name, surface in PLACES]
)
def test_a_block_is_taken_on_its_surfaces_and_refused_on_the_others(name: str, surface: Surface) -> None:
    problems = check_blocks([SAMPLES[name]], surface)
    if surface in BLOCKS[name].surfaces:
        assert problems == []
    else:
        assert [problem.path for problem in problems] == ["blocks[0].type"]
        assert f"unsupported type: {name} (not available in" in problems[0].sentence


def test_the_surfaces_are_those_of_slacks_reference() -> None:
    everywhere = {
        "actions",
        "card",
        "context",
        "divider",
        "header",
        "image",
        "input",
        "rich_text",
        "section",
        "video",
    }
    assert {n for n, b in BLOCKS.items() if b.surfaces == {"message", "modal", "home"}} == everywhere
    assert {n for n, b in BLOCKS.items() if b.surfaces == {"modal"}} == {"alert"}
    assert {n for n, b in BLOCKS.items() if b.surfaces == {"message", "home"}} == {
        "carousel",
        "container",
        "table",
    }
    assert {n for n, b in BLOCKS.items() if b.surfaces == {"message"}} == {
        "context_actions",
        "file",
        "markdown",
        "plan",
        "task_card",
    }


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_a_block_this_workspace_does_not_take_is_refused_with_the_reason(name: str) -> None:
    (problem,) = check_blocks([{"type": name, "rows": []}], "message")
    assert problem.sentence == f"this workspace does not take {name} blocks: {NOT_TAKEN[name]}"
    assert problem.path == "blocks[0].type"


WRONG: tuple[tuple[object, str], ...] = (
    ({"type": "text", "text": "hi"}, "blocks[0].type: unsupported type: text"),
    ({"type": "button"}, "blocks[0].type: unsupported type: button"),
    ({"type": None}, "blocks[0].type: must provide a string"),
    ({}, "blocks[0]: missing required field: type"),
    ("section", "blocks[0]: must provide an object"),
    (None, "blocks[0]: must provide an object"),
)


@pytest.mark.parametrize(("block", "said"), WRONG, ids=[said for _, said in WRONG])
def test_what_is_no_block_is_refused(block: object, said: str) -> None:
    assert [str(problem) for problem in check_blocks([block], "message")] == [said]


def test_blocks_that_are_no_list_are_refused() -> None:
    (problem,) = check_blocks({"type": "section"}, "message")
    assert (problem.path, problem.code) == ("blocks", "invalid_blocks_format")


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("modal", 100), ("home", 100)])
def test_a_surface_holds_so_many_blocks_and_no_more(surface: Surface, most: int) -> None:
    divider = {"type": "divider"}
    assert check_blocks([divider] * most, surface) == []
    (problem,) = check_blocks([divider] * (most + 1), surface)
    assert str(problem) == f"blocks: no more than {most} items allowed"
