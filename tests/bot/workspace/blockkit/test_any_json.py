"""Whatever JSON an app sends, the checks answer; they never crash."""

from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st

from bot.workspace.blockkit import check_blocks, check_message, check_view, slack_messages
from bot.workspace.blockkit.catalog import BLOCKS
from tests.bot.workspace.blockkit.test_catalog import SAMPLES
from tests.bot.workspace.blockkit.test_elements import ELEMENTS

# A loaded machine is slow, not wrong.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
_TYPES = st.sampled_from([*BLOCKS, *ELEMENTS, "plain_text", "mrkdwn", "rich_text_section", "modal"])
_NAMES = st.sampled_from(
    [
        "type",
        "text",
        "blocks",
        "elements",
        "element",
        "accessory",
        "fields",
        "rows",
        "options",
        "option_groups",
        "initial_option",
        "initial_options",
        "block_id",
        "action_id",
        "child_blocks",
        "tasks",
        "min_length",
        "max_length",
        "min_value",
        "max_value",
        "confirm",
        "title",
        "filter",
    ]
)


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=4) | st.dictionaries(_NAMES | st.text(max_size=5), inner, max_size=5)


ANYTHING = st.recursive(_SCALARS | _TYPES, _nested, max_leaves=25)
BENT_VALUES = st.sampled_from([*SAMPLES.values(), *ELEMENTS.values()])


@patient
@given(ANYTHING)
def test_any_json_as_blocks_is_answered(blocks: Any) -> None:
    for surface in ("message", "modal", "home"):
        for problem in check_blocks(blocks, surface):
            assert problem.path.startswith("blocks")


@patient
@given(st.dictionaries(st.sampled_from(["text", "blocks", "attachments"]), ANYTHING), st.booleans())
def test_any_json_as_a_message_is_answered(payload: dict[str, Any], update: bool) -> None:  # noqa: FBT001
    slack_messages(check_message(payload, update=update))


@patient
@given(ANYTHING)
def test_any_json_as_a_view_is_answered(view: Any) -> None:
    for kind in ("modal", "home"):
        for problem in check_view(view, kind):
            assert problem.path.startswith("view")


def _leaves(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(leaf for key, inner in inside for leaf in _leaves(inner, (*path, key)))]


def _bend(value: Any, path: tuple[str | int, ...], put: Any) -> Any:
    if not path:
        return put
    key, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {name: _bend(inner, rest, put) if name == key else inner for name, inner in value.items()}
    return [_bend(inner, rest, put) if place == key else inner for place, inner in enumerate(value)]


@settings(patient, max_examples=300)
@given(st.data())
def test_a_good_block_bent_in_one_place_is_answered(data: st.DataObject) -> None:
    sample = data.draw(BENT_VALUES)
    block = sample if sample["type"] in BLOCKS else {"type": "actions", "elements": [sample]}
    bent = _bend(block, data.draw(st.sampled_from(_leaves(block))), data.draw(ANYTHING))
    check_message({"blocks": [bent], "attachments": [{"blocks": [bent]}]})
    check_view({"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": [bent]}, "modal")
