"""Modals and App Homes."""

import json
from collections.abc import Callable

import pytest

from bot.workspace.blockkit import View, check_view
from tests.bot.workspace.blockkit.samples import (
    Json,
    actions,
    button,
    entry,
    home,
    modal,
    plain,
    section,
    words,
)


def _said(view: object, kind: View = "modal") -> list[str]:
    return [f"{problem.code} {problem}" for problem in check_view(view, kind)]


LIMITS: tuple[tuple[str, int, Callable[[int], Json], str], ...] = (
    ("title", 24, lambda n: modal(title=plain("x" * n)), "view.title.text"),
    ("submit", 24, lambda n: modal(submit=plain("x" * n)), "view.submit.text"),
    ("close", 24, lambda n: modal(close=plain("x" * n)), "view.close.text"),
    ("private_metadata", 3000, lambda n: modal(private_metadata="x" * n), "view.private_metadata"),
    ("callback_id", 255, lambda n: modal(callback_id="x" * n), "view.callback_id"),
    ("external_id", 255, lambda n: modal(external_id="x" * n), "view.external_id"),
    ("blocks", 100, lambda n: modal(blocks=[section()] * n), "view.blocks"),
)


@pytest.mark.parametrize(
    ("most", "build", "path"),
    [limit[1:] for limit in LIMITS],
    ids=[f"{limit[0]} holds {limit[1]}" for limit in LIMITS],
)
def test_a_modal_is_taken_at_the_limit_and_refused_one_over(
    most: int, build: Callable[[int], Json], path: str
) -> None:
    assert check_view(build(most), "modal") == []
    assert [problem.path for problem in check_view(build(most + 1), "modal")] == [path]


def test_a_modal_needs_a_title_and_blocks() -> None:
    assert _said({"type": "modal"}) == [
        "invalid_arguments view: missing required field: title",
        "invalid_arguments view: missing required field: blocks",
    ]
    assert _said(modal(blocks=[])) == ["invalid_arguments view.blocks: must provide at least 1 items"]


def test_a_modals_title_is_plain() -> None:
    assert [p.path for p in check_view(modal(title={"type": "mrkdwn", "text": "*x*"}), "modal")] == [
        "view.title.type"
    ]


def test_an_input_in_a_modal_needs_a_submit() -> None:
    asking = modal(blocks=[section(), entry(words())])
    assert _said(asking) == [
        "invalid_arguments view.blocks[1]: must define `submit` to use an `input` block in modals"
    ]
    assert _said({**asking, "submit": plain("Delete")}) == []


def test_an_input_on_the_app_home_needs_none() -> None:
    assert _said(home(blocks=[entry(words(), dispatch_action=True)]), "home") == []


def test_a_view_of_the_other_kind_is_refused() -> None:
    assert [p.path for p in check_view(home(), "modal")] == ["view", "view.type"]
    assert [p.path for p in check_view(modal(), "home")] == ["view.type"]


@pytest.mark.parametrize("name", ["submit", "close", "clear_on_close", "notify_on_close"])
def test_an_app_home_has_no_buttons_of_its_own(name: str) -> None:
    assert _said(home(**{name: plain("x")}), "home") == [
        f"invalid_arguments view: invalid additional property: {name}"
    ]


@pytest.mark.parametrize("name", ["id", "state", "hash", "team_id", "submit_disabled"])
def test_what_slack_adds_to_a_view_is_not_taken_back(name: str) -> None:
    assert _said(modal(**{name: "x"})) == [f"invalid_arguments view: invalid additional property: {name}"]


def test_surfaces_are_told_apart() -> None:
    assert [p.path for p in check_view(modal(blocks=[{"type": "markdown", "text": "x"}]), "modal")] == [
        "view.blocks[0].type"
    ]
    assert [p.path for p in check_view(home(blocks=[{"type": "alert", "text": plain("x")}]), "home")] == [
        "view.blocks[0].type"
    ]


def test_ids_are_unique_in_a_view_and_paths_begin_with_view() -> None:
    twice = [
        section(block_id="a"),
        section(block_id="a"),
        actions(button(action_id="b"), button(action_id="b")),
    ]
    assert _said(modal(blocks=twice)) == [
        'invalid_arguments view.blocks[1].block_id: `block_id` "a" already exists',
        'invalid_arguments view.blocks[2].elements[1].action_id: `action_id` "b" already exists',
    ]


def test_a_view_of_250_kilobytes_is_taken_and_one_byte_more_refused() -> None:
    # "é" is one character and two bytes: bytes are what counts.
    fat = modal(blocks=[section(text=plain("é" * 1500)) for _ in range(81)], private_metadata="")
    room = 250_000 - len(json.dumps(fat, ensure_ascii=False, separators=(",", ":")).encode())
    assert _said({**fat, "private_metadata": "x" * room}) == []
    (problem,) = check_view({**fat, "private_metadata": "x" * (room + 1)}, "modal")
    assert (problem.code, problem.path) == ("view_too_large", "view")


def test_an_app_homes_title_holds_24_characters() -> None:
    assert _said(home(title=plain("x" * 24)), "home") == []
    assert [problem.path for problem in check_view(home(title=plain("x" * 25)), "home")] == [
        "view.title.text"
    ]
