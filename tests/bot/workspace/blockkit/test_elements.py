"""Elements: where each may stand, and what is refused in it."""

import pytest

from bot.workspace.blockkit import check_blocks
from bot.workspace.blockkit.selects import MULTI_SELECTS, SELECTS
from tests.bot.workspace.blockkit.samples import (
    Json,
    actions,
    button,
    entry,
    feedback,
    mrkdwn,
    option,
    options,
    picture,
    plain,
    rich,
    section,
    select,
    trash,
    words,
)

_STATIC = {"static_select", "multi_static_select"}
ELEMENTS: dict[str, Json] = {
    "button": button(),
    "checkboxes": {"type": "checkboxes", "options": [{"text": mrkdwn("*all*"), "value": "all"}]},
    "datepicker": {"type": "datepicker", "initial_date": "2026-11-22"},
    "datetimepicker": {"type": "datetimepicker", "initial_date_time": 1_763_800_000},
    "email_text_input": {"type": "email_text_input", "initial_value": "asha@example.com"},
    "feedback_buttons": feedback(),
    "file_input": {"type": "file_input", "filetypes": ["log"], "max_files": 1},
    "icon_button": trash(),
    "image": picture(),
    "number_input": {"type": "number_input", "is_decimal_allowed": False, "initial_value": "25"},
    "overflow": {"type": "overflow", "options": [option(url="https://example.com")]},
    "plain_text_input": words(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]}),
    "radio_buttons": {"type": "radio_buttons", "options": options(2), "initial_option": option("0")},
    "rich_text_input": {"type": "rich_text_input", "initial_value": rich({"type": "text", "text": "x"})},
    "timepicker": {"type": "timepicker", "initial_time": "23:59", "timezone": "Europe/Berlin"},
    "url_text_input": {"type": "url_text_input", "placeholder": plain("https://")},
    "workflow_button": {
        "type": "workflow_button",
        "action_id": "run",
        "text": plain("Run"),
        "workflow": {
            "trigger": {"url": "https://x", "customizable_input_parameters": [{"name": "n", "value": 1}]}
        },
    },
    **{name: {"type": name, **({"options": options(2)} if name in _STATIC else {})} for name in SELECTS},
    **{
        name: {"type": name, **({"options": options(2)} if name in _STATIC else {})} for name in MULTI_SELECTS
    },
}

_CHOICES = {"checkboxes", "datepicker", "radio_buttons", "timepicker", *SELECTS, *MULTI_SELECTS}
_TYPED_IN = {
    "email_text_input",
    "file_input",
    "number_input",
    "plain_text_input",
    "rich_text_input",
    "url_text_input",
}
PLACES: dict[str, set[str]] = {
    "section": {"button", "image", "overflow", "workflow_button", *_CHOICES},
    "actions": {"button", "datetimepicker", "overflow", "rich_text_input", "workflow_button", *_CHOICES},
    "input": {"datetimepicker", *_TYPED_IN, *_CHOICES},
    "context": {"image"},
    "context_actions": {"feedback_buttons", "icon_button"},
    "card": {"button"},
}


def _in(place: str, element: Json) -> tuple[Json, str]:
    if place == "section":
        return section(accessory=element), "accessory"
    if place == "input":
        return entry(element), "element"
    if place == "card":
        return {"type": "card", "actions": [element]}, "actions[0]"
    return {"type": place, "elements": [element]}, "elements[0]"


PAIRS = [(place, name) for place in PLACES for name in ELEMENTS]


@pytest.mark.parametrize(("place", "name"), PAIRS, ids=[f"{name} in {place}" for place, name in PAIRS])
def test_an_element_stands_where_slack_lets_it(place: str, name: str) -> None:
    block, path = _in(place, ELEMENTS[name])
    problems = check_blocks([block], "modal" if place == "input" else "message")
    if name in PLACES[place]:
        assert problems == []
    else:
        assert [problem.path for problem in problems][:1] == [f"blocks[0].{path}.type"]


REFUSED: tuple[tuple[str, Json, str], ...] = (
    ("a button's style", actions(button(style="default")), "blocks[0].elements[0].style"),
    ("a button's null style", actions(button(style=None)), "blocks[0].elements[0].style"),
    ("a button with mrkdwn text", actions({**button(), "text": mrkdwn("x")}), "blocks[0].elements[0].text.type"),
    ("a block_id on an element", actions(button(block_id="x")), "blocks[0].elements[0]"),
    ("verbatim on plain_text", section(text={**plain("x"), "verbatim": True}), "blocks[0].text"),
    ("emoji on mrkdwn", section(text={**mrkdwn("x"), "emoji": True}), "blocks[0].text"),
    ("empty text", section(text=mrkdwn("")), "blocks[0].text.text"),
    ("text that is a string", section(text="x"), "blocks[0].text"),
    ("text of type text", section(text={"type": "text", "text": "x"}), "blocks[0].text.type"),
    ("a header in mrkdwn", {"type": "header", "text": mrkdwn("x")}, "blocks[0].text.type"),
    ("an option's url outside overflow", actions(select(options=[option(url="")])), "blocks[0].elements[0].options[0]"),
    (
        "an option of a select in mrkdwn",
        actions(select(options=[{"text": mrkdwn("x"), "value": "x"}])),
        "blocks[0].elements[0].options[0].text.type",
    ),
    ("a date that is none", actions({"type": "datepicker", "initial_date": "2026-13-01"}), "blocks[0].elements[0].initial_date"),
    ("a time that is none", actions({"type": "timepicker", "initial_time": "24:00"}), "blocks[0].elements[0].initial_time"),
    ("an icon other than trash", {"type": "context_actions", "elements": [trash(icon="bug")]}, "blocks[0].elements[0].icon"),
    ("no selection allowed", actions({"type": "multi_users_select", "max_selected_items": 0}), "blocks[0].elements[0].max_selected_items"),
    ("a workflow button without action_id", actions({"type": "workflow_button", "text": plain("x"), "workflow": {"trigger": {"url": "https://x"}}}), "blocks[0].elements[0]"),
    ("a file input outside a modal", entry({"type": "file_input"}), "blocks[0].element.type"),
    (
        "response_url_enabled outside a modal",
        actions({"type": "channels_select", "response_url_enabled": True}),
        "blocks[0].elements[0].response_url_enabled",
    ),
    (
        "a preformatted line with a mention",
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U0VERA"}]}],
        },
        "blocks[0].elements[0].elements[0].type",
    ),
    ("empty rich text", rich({"type": "text", "text": ""}), "blocks[0].elements[0].elements[0].text"),
    ("a card's title as a string", {"type": "card", "title": "x"}, "blocks[0].title"),
    ("a plan's title as an object", {"type": "plan", "title": plain("x")}, "blocks[0].title"),
    ("a pending card on its own", {"type": "task_card", "task_id": "t", "title": "x", "status": "pending"}, "blocks[0].status"),
    ("a video without HTTPS", {"type": "video", "alt_text": "x", "title": plain("x"), "thumbnail_url": "x", "video_url": "http://x"}, "blocks[0].video_url"),
)  # fmt: skip


@pytest.mark.parametrize(("block", "path"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_it_is_refused_where_it_stands(block: Json, path: str) -> None:
    assert [problem.path for problem in check_blocks([block], "message")] == [path]


def test_response_url_enabled_is_taken_in_a_modals_input() -> None:
    chosen = entry({"type": "conversations_select", "response_url_enabled": True})
    assert check_blocks([chosen], "modal") == []


RICH_PIECES: tuple[Json, ...] = (
    {"type": "text", "text": "x", "style": {"bold": True, "code": True}},
    {"type": "link", "url": "https://example.com", "text": "x", "unsafe": False},
    {"type": "user", "user_id": "U0VERA", "style": {"highlight": True}},
    {"type": "usergroup", "usergroup_id": "S0ONCALL"},
    {"type": "channel", "channel_id": "C0OPS"},
    {"type": "team", "team_id": "T0"},
    {"type": "broadcast", "range": "here"},
    {"type": "color", "value": "#00ff00"},
    {"type": "emoji", "name": "wave", "skin_tone": 2, "unicode": "1f44b-1f3fc"},
    {"type": "date", "timestamp": 1_763_800_000, "format": "{date_short}", "fallback": "today"},
)


@pytest.mark.parametrize("piece", RICH_PIECES, ids=[piece["type"] for piece in RICH_PIECES])
def test_each_piece_of_rich_text_is_taken_in_a_section_a_list_and_a_quote(piece: Json) -> None:
    line = {"type": "rich_text_section", "elements": [piece]}
    parts = [
        line,
        {"type": "rich_text_list", "style": "ordered", "offset": 2, "elements": [line]},
        {"type": "rich_text_quote", "border": 1, "elements": [piece]},
        {"type": "rich_text_preformatted", "language": "python", "elements": []},
    ]
    assert check_blocks([{"type": "rich_text", "elements": parts}], "home") == []
