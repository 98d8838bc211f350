"""What Slack's client asks of a form before it is sent."""

import pytest

from bot.workspace.filling import REQUIRED, missing_or_malformed
from bot.workspace.shapes import Json


def field(**element: object) -> list[Json]:
    return [{"type": "input", "block_id": "b", "label": {}, "element": {"action_id": "a", **element}}]


def errors(blocks: list[Json], **state: object) -> dict[str, str]:
    return missing_or_malformed(blocks, {"b": {"a": state}} if state else {})


def test_a_required_field_must_be_filled_in() -> None:
    assert errors(field(type="plain_text_input")) == {"b": REQUIRED}
    assert errors(field(type="plain_text_input"), value="") == {"b": REQUIRED}
    assert errors(field(type="static_select"), selected_option=None) == {"b": REQUIRED}
    assert errors(field(type="checkboxes"), selected_options=[]) == {"b": REQUIRED}


def test_an_optional_field_may_stay_empty() -> None:
    blocks = field(type="plain_text_input")
    assert errors([{**blocks[0], "optional": True}]) == {}


def test_what_a_field_began_with_counts() -> None:
    assert errors(field(type="plain_text_input", initial_value="as before")) == {}


@pytest.mark.parametrize(
    ("element", "good", "bad"),
    [
        ({"type": "plain_text_input", "min_length": 3}, "abc", "ab"),
        ({"type": "plain_text_input", "max_length": 3}, "abc", "abcd"),
        ({"type": "plain_text_input"}, "x" * 3000, "x" * 3001),
        ({"type": "number_input", "is_decimal_allowed": False}, "5", "5.5"),
        ({"type": "number_input", "is_decimal_allowed": True}, "5.5", "five"),
        ({"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}, "1", "0"),
        ({"type": "number_input", "is_decimal_allowed": False, "max_value": "9"}, "9", "10"),
        ({"type": "email_text_input"}, "vera@lotus.dev", "vera at lotus"),
        ({"type": "url_text_input"}, "https://lotus.dev", "lotus.dev"),
    ],
)
def test_a_value_within_bounds_passes_and_one_beyond_does_not(element: Json, good: str, bad: str) -> None:
    assert errors(field(**element), value=good) == {}
    assert "b" in errors(field(**element), value=bad)


def test_no_more_than_the_allowed_number_can_be_picked() -> None:
    blocks = field(type="multi_users_select", max_selected_items=2)
    assert errors(blocks, selected_users=["U1", "U2"]) == {}
    assert "b" in errors(blocks, selected_users=["U1", "U2", "U3"])
