"""Conditions on several fields of one element or block."""

import pytest

from bot.workspace.blockkit import Surface, check_blocks
from tests.bot.workspace.blockkit.samples import (
    Json,
    actions,
    button,
    card,
    container,
    entry,
    group,
    option,
    options,
    picture,
    plain,
    rich,
    section,
    select,
    words,
)

_FILE = {"id": "F0DISK"}


def _number(**more: object) -> Json:
    return entry({"type": "number_input", "is_decimal_allowed": True, **more})


def _conversations(**chosen: object) -> Json:
    return actions({"type": "conversations_select", "filter": chosen})


def _file(**file: object) -> Json:
    return {"type": "image", "alt_text": "disk", "slack_file": file}


REFUSED: tuple[tuple[str, Json, str], ...] = (
    ("a section without text or fields", {"type": "section"}, "blocks[0]"),
    ("an image without a picture", {"type": "image", "alt_text": "disk"}, "blocks[0]"),
    ("an image with two pictures", picture(slack_file=_FILE), "blocks[0]"),
    ("a file by id and url", _file(id="F1", url="https://files.slack.com/x"), "blocks[0].slack_file"),
    ("a file by nothing", _file(), "blocks[0].slack_file"),
    ("a select without options", actions({"type": "static_select"}), "blocks[0].elements[0]"),
    ("a select with options and groups", actions(select(option_groups=[group()])), "blocks[0].elements[0]"),
    (
        "an initial option nobody offers",
        actions(select(initial_option=option("9"))),
        "blocks[0].elements[0].initial_option",
    ),
    (
        "an initial option that differs in its text",
        actions(select(initial_option={**option("1"), "text": plain("other")})),
        "blocks[0].elements[0].initial_option",
    ),
    (
        "an initial option outside the groups",
        actions({"type": "static_select", "option_groups": [group()], "initial_option": option("9")}),
        "blocks[0].elements[0].initial_option",
    ),
    (
        "the second of several initial options",
        actions({"type": "checkboxes", "options": options(1), "initial_options": [option("0"), option("9")]}),
        "blocks[0].elements[0].initial_options[1]",
    ),
    ("an empty conversation filter", _conversations(), "blocks[0].elements[0].filter"),
    ("min_length over max_length", entry(words(min_length=5, max_length=4)), "blocks[0].element.min_length"),
    ("min_value over max_value", _number(min_value="2.5", max_value="2.4"), "blocks[0].element.min_value"),
    (
        "an initial number over the greatest",
        _number(initial_value="11", max_value="9"),
        "blocks[0].element.initial_value",
    ),
    (
        "a prompt's display without the prompt",
        actions(button(agent_prompt_display="x")),
        "blocks[0].elements[0].agent_prompt_display",
    ),
    ("a card with a subtitle only", {"type": "card", "subtitle": plain("x")}, "blocks[0]"),
    (
        "a card with two icons",
        card(icon=picture(), slack_icon={"type": "icon", "name": "bug"}),
        "blocks[0]",
    ),
    ("a container without any title", {"type": "container", "child_blocks": [section()]}, "blocks[0]"),
    (
        "a collapsed container that cannot collapse",
        container(default_collapsed=True),
        "blocks[0].default_collapsed",
    ),
    (
        "a collapsible container with a divider",
        container(is_collapsible=True, has_header_divider=True),
        "blocks[0].has_header_divider",
    ),
)


@pytest.mark.parametrize(("block", "path"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_it_is_refused_where_it_stands(block: Json, path: str) -> None:
    assert [problem.path for problem in check_blocks([block], "message")] == [path]


TAKEN: tuple[tuple[str, Json, Surface], ...] = (
    ("a section with both text and fields", section(fields=[plain("x")]), "message"),
    ("an initial option that is offered", actions(select(initial_option=option("1"))), "message"),
    (
        "an initial option from a group",
        actions({"type": "static_select", "option_groups": [group(3)], "initial_option": option("2")}),
        "message",
    ),
    (
        "an initial option of an external select",
        actions({"type": "external_select", "initial_option": option()}),
        "home",
    ),
    ("min_length equal to max_length", entry(words(min_length=5, max_length=5)), "modal"),
    ("numbers in order", _number(min_value="-1", initial_value="9.5", max_value="10"), "modal"),
    ("a picture from a Slack file", _file(id="F1"), "modal"),
    ("a collapsed container", container(is_collapsible=True, default_collapsed=True), "message"),
    ("a container with a rich title", {**container(), "rich_text_title": rich()}, "home"),
)


@pytest.mark.parametrize(("block", "surface"), [t[1:] for t in TAKEN], ids=[t[0] for t in TAKEN])
def test_it_is_taken(block: Json, surface: Surface) -> None:
    assert check_blocks([block], surface) == []
